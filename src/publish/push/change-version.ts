/**
 * Unlists, relists or deletes a version, and shows that in the documents of its id and in search. Files of a deleted
 * version stay until the next scheduled run: readers may still be on their way to them.
 */
import type { LowerId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import { changeVersion, type VersionChange, type VersionChangeResult } from "../../state/change-version.js";
import { type IdState, isDirty, withRecords } from "../../state/id-state.js";
import { planId } from "../plan-id.js";
import type { PushContext } from "./context.js";
import { changeId } from "./partition-change.js";
import { showId } from "./push.js";

export type PublishedChange =
  | { readonly kind: "changed"; readonly state: IdState }
  | Exclude<VersionChangeResult, { readonly kind: "changed" }>;

/**
 * @throws FeedError `state-corrupt`, `sweeping`, `lost-race`, and failures of the store
 */
export async function changePublished(
  context: PushContext,
  id: LowerId,
  version: LowerVersion,
  change: VersionChange,
): Promise<PublishedChange> {
  const { settings, settingsDigest, digest } = context;
  let isLeftDirty = false;
  const kind = await changeId<VersionChangeResult>(context, id, async (state) => {
    const result = changeVersion(state?.records ?? [], version, change);
    isLeftDirty = state !== undefined && isDirty(state, settingsDigest);
    if (result.kind !== "changed") return { kind: "leave", result };
    const changed = await withRecords(id, state, result.records, digest, "api");
    const { intended } = await planId(changed, settings, settingsDigest, digest);
    return { kind: "write", state: intended, result };
  });
  if (kind.kind === "changed") {
    await context.onAccepted?.("changed");
    return { kind: "changed", state: await showId(context, id) };
  }
  if (isLeftDirty) await showId(context, id);
  return kind;
}
