/** The real client hides versions of a feed of `nupress serve`, and searches it. */
import { openNodeFeed } from "../support/dotnet-publish-feed.js";
import { describeListing } from "../support/dotnet-publish-list.js";

describeListing("a server on Node", openNodeFeed);
