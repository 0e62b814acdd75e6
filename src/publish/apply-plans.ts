/**
 * Writes what is planned for some ids, so that what a document points to is always there already.
 */
import { applyContents, applyIdPage } from "./apply-contents.js";
import type { PublishContext } from "./context.js";
import { groupBy } from "./group-by.js";
import { mapLimit } from "./map-limit.js";
import type { IdPlan } from "./plan-id.js";
import { writeOutput } from "./write-output.js";

export async function applyPlans(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  for (const plan of plans) await applyContents(context, plan);
  await applyDocuments(context, plans);
  for (const plan of plans) await applyIdPage(context, plan);
}

/** Rank by rank, so that what a document points to is already there. */
async function applyDocuments(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  const byRank = groupBy(
    plans.flatMap((plan) => plan.documents),
    ({ output }) => output.rank,
  );
  for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
    await mapLimit(byRank.get(rank) ?? [], context.concurrency, async (write) => {
      context.signal?.throwIfAborted();
      if (context.dryRun) context.onChange({ kind: write.kind, path: write.output.path, size: 0 });
      else await writeOutput(context, write, write.output.body);
    });
  }
}
