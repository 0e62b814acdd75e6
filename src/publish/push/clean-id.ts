/**
 * Makes the documents of one id match its records while others may do the same: the marks of what lies there are read
 * first, then the state; documents are written only where those marks still hold.
 *
 * The order matters. Read the other way round, a writer could put an old document in the place of a newer one, under a
 * state that calls it clean.
 */
import { FeedError, PackageError } from "../../errors.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { type IdState, isDirty } from "../../state/id-state.js";
import { partitionOf } from "../../state/layout.js";
import { withObsolete } from "../../state/obsolete.js";
import type { Etag } from "../../store/store.js";
import { applyPlans } from "../apply-plans.js";
import type { StandingFiles } from "../context.js";
import { mapLimit } from "../map-limit.js";
import { type IdPlan, planId } from "../plan-id.js";
import { isOvertaken } from "../write-output.js";
import { untilDone } from "./attempts.js";
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
    const planned = await plan(context, state);
    if (writtenPaths(planned).some((path) => !standing.has(path))) return undefined;
    if (!(await apply({ ...context, standing }, planned, state))) return undefined;
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
  return [...contents, ...documents, ...pages].map(({ output }) => output.path);
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

/** @returns whether everything was written; `false` when somebody else changed something meanwhile */
async function apply(context: PushContext, planned: IdPlan, state: IdState): Promise<boolean> {
  try {
    await applyPlans(context, [planned]);
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    if (isAboutPackage(error) && (await mayHaveChanged(context, state))) return false;
    throw error;
  }
}

function isAboutPackage(error: unknown): boolean {
  return error instanceof PackageError || (error instanceof FeedError && error.code === "package-missing");
}

/** Packages are read while others may replace or delete them. */
async function mayHaveChanged(context: PushContext, { id, recordsDigest }: IdState): Promise<boolean> {
  const state = await loadId(context, id);
  return state?.recordsDigest !== recordsDigest || state.claims !== undefined;
}

/**
 * Notes from what the documents were made. Other ids of the partition may have changed, this one may not.
 *
 * @returns `undefined` when the id's own records changed meanwhile
 */
async function markRendered(context: PushContext, { written }: IdPlan): Promise<IdState | undefined> {
  return await changeId<IdState | undefined>(context, written.id, async (state) => {
    if (state?.recordsDigest !== written.recordsDigest) return { kind: "leave", result: undefined };
    if (!isDirty(state, context.settingsDigest)) return { kind: "leave", result: state };
    const { outputs, rendered, obsolete = [] } = written;
    const left = state.obsolete?.filter((path) => outputs[path] === undefined) ?? [];
    const { obsolete: _, ...rest } = state;
    const result = withObsolete(
      { ...rest, outputs, ...(rendered && { rendered }) },
      [...left, ...obsolete],
      context.now(),
    );
    return { kind: "write", state: result, result };
  });
}
