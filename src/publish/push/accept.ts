/**
 * Takes a pushed version into the state: from then on it is accepted, and whoever makes the id clean shows it.
 */
import { packageDigest } from "../../feed/content.js";
import type { PackageRecord } from "../../feed/record.js";
import { nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import { ascending, type IdState, withRecords } from "../../state/id-state.js";
import type { Etag } from "../../store/store.js";
import { refuseForeignFiles } from "../apply-contents.js";
import { planId } from "../plan-id.js";
import { liveClaim, withoutClaim } from "./claim.js";
import type { PushContext } from "./context.js";
import { changeId } from "./partition-change.js";
import { findVersion } from "./standing-version.js";

export interface Acceptance {
  readonly id: LowerId;
  readonly version: LowerVersion;
  readonly record: PackageRecord;
  /** Of the package where the feed has it. */
  readonly etag: Etag;
}

/**
 * - `exists`: the version was recorded before, or somebody else has the right to.
 * - `overtaken`: its bytes lie there no longer, because somebody swept or replaced them.
 */
export type AcceptResult = "created" | "replaced" | "exists" | "overtaken";

/** @throws FeedError `foreign-file` when a file that nupress did not write is in the way */
export async function acceptVersion(context: PushContext, acceptance: Acceptance): Promise<AcceptResult> {
  const { id, version, record, etag } = acceptance;
  return await changeId<AcceptResult>(context, id, async (state) => {
    const claim = liveClaim(state, version, context.now());
    const standing = findVersion(state, record);
    const isMine = claim?.sha512 === record.sha512;
    if (standing?.sha512 === record.sha512 || (!isMine && (claim ?? standing) !== undefined))
      return { kind: "leave", result: "exists" };
    // After the state: whoever replaces or deletes the bytes from now on must change the state first, and comes too late.
    const lying = await context.store.stat(nupkgPath(id, version));
    if (lying?.etag !== etag) return { kind: "leave", result: "overtaken" };
    const others = state?.records.filter((other) => other !== standing) ?? [];
    // What was said of a version that is replaced goes with its bytes.
    const records = ascending([...others, { ...record, origins: { pushed: [] } }]);
    const changed = await withRecords(
      id,
      state && withoutClaim(state, version),
      records,
      context.digest,
      "api",
    );
    return {
      kind: "write",
      state: await intended(context, changed, acceptance),
      result: standing === undefined ? "created" : "replaced",
    };
  });
}

/**
 * The state as it is saved before the first document is written: every path that will be written is named, so that a
 * crash forgets no file.
 */
async function intended(
  context: PushContext,
  state: IdState,
  { id, version, record }: Acceptance,
): Promise<IdState> {
  const outputs = { ...state.outputs, [nupkgPath(id, version)]: packageDigest(record) };
  const plan = await planId({ ...state, outputs }, context.settings, context.settingsDigest, context.digest);
  await refuseForeignFiles(context, [plan]);
  return plan.intended;
}
