/** The real client uses packages that were just pushed to `nupress serve`. */
import { openNodeFeed } from "../support/dotnet-publish-feed.js";
import { describeUseOfPushed } from "../support/dotnet-publish-use.js";

describeUseOfPushed("a server on Node", openNodeFeed);
