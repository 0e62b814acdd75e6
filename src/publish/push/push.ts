/**
 * A push, once its bytes lie in the staging area: content, acceptance, documents, search. Each step may be cut short, and
 * none needs a lock.
 */
import { feedVersion } from "../../feed/feed-package.js";
import { lowerId } from "../../nuget/id.js";
import { type IdState, isDirty } from "../../state/id-state.js";
import { partitionOf } from "../../state/layout.js";
import { acceptVersion, findVersion, mayOverwrite } from "./accept.js";
import { cleanId } from "./clean-id.js";
import type { PushContext } from "./context.js";
import { loadIndex, loadPartition } from "./partition-change.js";
import { putContent } from "./put-content.js";
import { replaceShardEntry } from "./search-shard-entry.js";
import type { StagedPackage } from "./stage.js";

/**
 * - `created`, `replaced`: everybody sees the version now.
 * - `exists`: the version is there, or somebody else is about to push it; nothing changed.
 */
export type PushResult =
  | { readonly kind: "created" | "replaced"; readonly state: IdState }
  | { readonly kind: "exists" };

/**
 * Publishes a staged package. Once it answers, the version is in all documents of its id and in its search shard; a
 * process that dies after the version was accepted leaves the rest to the next push of the id or the next scheduled run.
 *
 * @throws FeedError `state-corrupt`, `foreign-file`, `sweeping`, `lost-race`, and failures of the store
 */
export async function publishStaged(context: PushContext, staged: StagedPackage): Promise<PushResult> {
  const { record } = staged;
  const id = lowerId(record.id);
  const { lower } = feedVersion(record);
  const partition = partitionOf(id);
  const state = (await loadPartition(context, partition, await loadIndex(context))).ids.get(id);
  const standing = findVersion(state, record);
  const isRefused =
    standing !== undefined &&
    (standing.sha512 === record.sha512 || !mayOverwrite(context.overwrite, standing));
  if (isRefused) return await finishOthers(context, state);
  const content = await putContent(context, { id, version: lower, staged, state });
  if (content.kind === "taken") return { kind: "exists" };
  // A push that died in between may have replaced the bytes and not the record.
  const isReplacement = content.kind === "replaced" || standing !== undefined;
  const accepted = await acceptVersion(context, { id, record, etag: content.etag, isReplacement });
  if (accepted === "exists") return { kind: "exists" };
  const written = await showId(context, id);
  return { kind: standing === undefined ? "created" : "replaced", state: written };
}

/** A push that died after its version was accepted is finished by the client's second try, which is told 409. */
async function finishOthers(context: PushContext, state: IdState | undefined): Promise<PushResult> {
  if (state !== undefined && isDirty(state, context.settingsDigest)) await showId(context, state.id);
  return { kind: "exists" };
}

/** Makes an id clean, and puts its entry into search. */
export async function showId(context: PushContext, id: IdState["id"]): Promise<IdState> {
  const state = await cleanId(context, id);
  if (state === undefined) throw new Error(`"${id}" vanished while it was published`);
  await replaceShardEntry(context, state);
  return state;
}
