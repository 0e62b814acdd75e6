/** The real client and a worker in workerd. */
import { describePushing } from "../support/dotnet-publish-push.js";
import { openWorkerFeed } from "../support/worker-published-feed.js";

describePushing("a worker", openWorkerFeed);
