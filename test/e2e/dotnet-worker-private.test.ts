/** The real client and a worker in workerd. */
import { describePrivateFeed } from "../support/dotnet-publish-private.js";
import { openWorkerFeed } from "../support/worker-published-feed.js";

describePrivateFeed("a worker", openWorkerFeed);
