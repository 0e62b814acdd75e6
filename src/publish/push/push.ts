/**
 * A push, once its bytes lie in the staging area: content, acceptance, documents, search. Each step may be cut short, and
 * none needs a lock.
 */
import { feedVersion } from "../../feed/feed-package.js";
import { lowerId } from "../../nuget/id.js";
import { type IdState, isDirty } from "../../state/id-state.js";
import { partitionOf } from "../../state/layout.js";
import { acceptVersion } from "./accept.js";
import { untilDone } from "./attempts.js";
import { cleanId } from "./clean-id.js";
import type { PushContext } from "./context.js";
import { noteLeftover } from "./leftover.js";
import { loadIndex, loadPartition } from "./partition-change.js";
import { putContent } from "./put-content.js";
import { replaceShardEntry } from "./search-shard-entry.js";
import type { StagedPackage } from "./stage.js";
import { findVersion, mayOverwrite } from "./standing-version.js";

/**
 * - `created`, `replaced`: everybody sees the version now.
 * - `exists`: the version is there, or somebody else is about to push it; nothing changed. With a state where what another
 *   push had left was finished on the way.
 */
export type PushResult =
  | { readonly kind: "created" | "replaced"; readonly state: IdState }
  | { readonly kind: "exists"; readonly finished?: IdState };

/**
 * Publishes a staged package. Once it answers, the version is in all documents of its id and in its search shard; a
 * process that dies after the version was accepted leaves the rest to the next push of the id or the next scheduled run.
 *
 * @throws FeedError `state-corrupt`, `foreign-file`, `sweeping`, `lost-race`, and failures of the store
 */
export async function publishStaged(context: PushContext, staged: StagedPackage): Promise<PushResult> {
  const { id, version } = staged.record;
  const what = `push "${id}" ${version}`;
  const accepted = await untilDone(context, what, async () => await tryToAccept(context, staged));
  if (accepted.kind === "exists") {
    const finished = await finishOthers(context, accepted.state);
    return { kind: "exists", ...(finished && { finished }) };
  }
  await context.onAccepted?.(accepted.kind);
  return { kind: accepted.kind, state: await showId(context, lowerId(id)) };
}

/** `state`: of the id as it was found. */
type Acceptance =
  | { readonly kind: "created" | "replaced" }
  | { readonly kind: "exists"; readonly state: IdState | undefined };

/** @returns `undefined` when somebody else came first, so that it is worth while to look again */
async function tryToAccept(context: PushContext, staged: StagedPackage): Promise<Acceptance | undefined> {
  const { record } = staged;
  const id = lowerId(record.id);
  const { lower: version } = feedVersion(record);
  const state = (await loadPartition(context, partitionOf(id), await loadIndex(context))).ids.get(id);
  const standing = findVersion(state, record);
  if (standing !== undefined && !mayOverwrite(context.overwrite, standing, record))
    return { kind: "exists", state };
  try {
    const content = await putContent(context, { id, version, staged, isRecorded: standing !== undefined });
    if (content.kind !== "put") return content.kind === "taken" ? { kind: "exists", state } : undefined;
    const accepted = await acceptVersion(context, { id, version, record, etag: content.etag });
    if (accepted === "overtaken") return undefined;
    return accepted === "exists" ? { kind: "exists", state } : { kind: accepted };
  } catch (error) {
    await noteLeftover(context, id, version);
    throw error;
  }
}

/** A push that died after its version was accepted is finished by the client's second try, which is told 409. */
async function finishOthers(context: PushContext, state: IdState | undefined): Promise<IdState | undefined> {
  const isLeft = state !== undefined && isDirty(state, context.settingsDigest);
  return isLeft ? await showId(context, state.id) : undefined;
}

/** Makes an id clean, and puts its entry into search. */
export async function showId(context: PushContext, id: IdState["id"]): Promise<IdState> {
  const state = await cleanId(context, id);
  if (state === undefined) throw new Error(`"${id}" vanished while it was published`);
  await replaceShardEntry(context, state);
  return state;
}
