/** The real client and a worker in workerd. */
import { describeListing } from "../support/dotnet-publish-list.js";
import { openWorkerFeed } from "../support/worker-published-feed.js";

describeListing("a worker", openWorkerFeed);
