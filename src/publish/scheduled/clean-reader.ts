/**
 * Reads partitions for the fold while pushes may go on: what the documents of the whole feed say of an id must be true of
 * its own documents already.
 */
import { FeedError } from "../../errors.js";
import type { LowerId } from "../../nuget/id.js";
import { isDirty } from "../../state/id-state.js";
import type { LoadPartition } from "../feed-documents.js";
import { partitionReader } from "../partition-store.js";
import type { PushContext } from "../push/context.js";
import { showId } from "../push/push.js";

/** Gives partitions as they are once everything in them is finished, but for ids that cannot be. */
export function cleanReader(context: PushContext): LoadPartition {
  const read = partitionReader(context);
  return async (partition, only) => {
    const hopeless = new Set<LowerId>();
    for (;;) {
      const ids = await read(partition, only);
      const dirty = [...ids.values()].filter(
        (state) => isDirty(state, context.settingsDigest) && !hopeless.has(state.id),
      );
      if (dirty.length === 0) return ids;
      for (const state of dirty)
        if ((await tryToFinish(context, state.id)) !== undefined) hopeless.add(state.id);
    }
  };
}

/**
 * @returns what is wrong with the id, which keeps nobody else from anything
 * @throws failures of the store
 */
export async function tryToFinish(context: PushContext, id: LowerId): Promise<FeedError | undefined> {
  context.signal?.throwIfAborted();
  try {
    await showId(context, id);
    return undefined;
  } catch (error) {
    if (!(error instanceof FeedError) || isOfStore(error)) throw error;
    return error;
  }
}

function isOfStore({ code }: FeedError): boolean {
  return code.startsWith("store-") || code.startsWith("lock-");
}
