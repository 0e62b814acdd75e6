/** The real client and a private feed of `nupress serve`. */
import { openNodeFeed } from "../support/dotnet-publish-feed.js";
import { describePrivateFeed } from "../support/dotnet-publish-private.js";

describePrivateFeed("a server on Node", openNodeFeed);
