/** The real client and a worker in workerd. */
import { describeUseOfPushed } from "../support/dotnet-publish-use.js";
import { openWorkerFeed } from "../support/worker-published-feed.js";

describeUseOfPushed("a worker", openWorkerFeed);
