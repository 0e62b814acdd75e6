/** The real client pushes to `nupress serve`. */
import { openNodeFeed } from "../support/dotnet-publish-feed.js";
import { describePushing } from "../support/dotnet-publish-push.js";

describePushing("a server on Node", openNodeFeed);
