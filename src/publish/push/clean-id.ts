/**
 * Makes the documents of one id match its records while others may do the same: the marks of what lies there are read
 * first, then the state; documents are written only where those marks still hold.
 *
 * The order matters. Read the other way round, a writer could put an old document in the place of a newer one, under a
 * state that calls it clean.
 */
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { type IdState, isDirty } from "../../state/id-state.js";
import { partitionOf } from "../../state/layout.js";
import type { Etag } from "../../store/store.js";
import { applyPlans } from "../apply-plans.js";
import type { StandingFiles } from "../context.js";
import { mapLimit } from "../map-limit.js";
import { type IdPlan, planId } from "../plan-id.js";
import { isOvertaken } from "../write-output.js";
import { untilDone } from "./attempts.js";
import { confirmContents } from "./confirm-contents.js";
import type { PushContext } from "./context.js";
import { changeId, loadPartition } from "./partition-change.js";

/**
 * @returns the clean state; `undefined` when the feed has nothing of the id
 * @throws FeedError `package-missing` when a package that a page is made from is gone, `sweeping`, `lost-race`
 */
export async function cleanId(context: PushContext, id: LowerId): Promise<IdState | undefined> {
  const { settingsDigest } = context;
  const done = await untilDone(context, `write the documents of "${id}"`, async () => {
    const before = await loadId(context, id);
    if (before === undefined || !isDirty(before, settingsDigest)) return { state: before };
    const standing = await standingFiles(context, writtenPaths(await plan(context, before)));
    const state = await loadId(context, id);
    if (state === undefined || !isDirty(state, settingsDigest)) return { state };
    if (!(await confirmContents(context, state))) return undefined;
    const planned = await plan(context, state);
    if (writtenPaths(planned).some((path) => !standing.has(path))) return undefined;
    if (!(await apply({ ...context, standing }, planned))) return undefined;
    const written = await markRendered(context, planned);
    return written && { state: written };
  });
  return done.state;
}

async function loadId(context: PushContext, id: LowerId): Promise<IdState | undefined> {
  return (await loadPartition(context, partitionOf(id))).ids.get(id);
}

async function plan({ settings, settingsDigest, digest }: PushContext, state: IdState): Promise<IdPlan> {
  return await planId(state, settings, settingsDigest, digest);
}

function writtenPaths({ contents, documents, pages }: IdPlan): FeedPath[] {
  return [...contents, ...documents, ...pages].map(({ path }) => path);
}

async function standingFiles(
  { store, concurrency }: PushContext,
  paths: readonly FeedPath[],
): Promise<StandingFiles> {
  const found = await mapLimit(
    paths,
    concurrency,
    async (path): Promise<[FeedPath, Etag | undefined]> => [path, (await store.stat(path))?.etag],
  );
  return new Map(found);
}

/** @returns whether everything was written; `false` when somebody else wrote one of the documents meanwhile */
async function apply(context: PushContext, planned: IdPlan): Promise<boolean> {
  try {
    await applyPlans(context, [planned]);
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
}

/**
 * Notes from what the documents were made. Other ids of the partition may have changed, this one may not.
 *
 * @returns `undefined` when the id's own records changed meanwhile
 */
async function markRendered(context: PushContext, { written }: IdPlan): Promise<IdState | undefined> {
  const { unconfirmed: _, ...clean } = written;
  const since = clean.obsolete === undefined ? {} : { obsoleteSince: new Date(context.now()).toISOString() };
  return await changeId<IdState | undefined>(context, written.id, async (state) => {
    if (state?.recordsDigest !== written.recordsDigest) return { kind: "leave", result: undefined };
    const result = { ...clean, ...since };
    return { kind: "write", state: result, result };
  });
}
