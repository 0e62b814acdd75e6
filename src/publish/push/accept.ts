/**
 * Takes a pushed version into the state: from then on it is accepted, and whoever makes the id clean shows it.
 */
import { packageDigest } from "../../feed/content.js";
import { feedVersion, versionKey } from "../../feed/feed-package.js";
import type { PackageRecord } from "../../feed/record.js";
import { nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { isPrerelease } from "../../nuget/version.js";
import { ascending, type IdState, type StoredRecord, withRecords } from "../../state/id-state.js";
import type { Etag } from "../../store/store.js";
import { refuseForeignFiles } from "../apply-contents.js";
import { planId } from "../plan-id.js";
import type { OverwritePolicy, PushContext } from "./context.js";
import { changeId } from "./partition-change.js";

export interface Acceptance {
  readonly id: LowerId;
  readonly record: PackageRecord;
  /** Of the package where the feed has it. */
  readonly etag: Etag;
  /**
   * Whether other bytes that lay there were replaced: what lies there is the truth then, whoever recorded the version
   * in between.
   */
  readonly isReplacement: boolean;
}

/** `exists`: the version was recorded before, and is not to be overwritten. */
export type AcceptResult = "accepted" | "exists";

/** @throws FeedError `foreign-file` when a file that nupress did not write is in the way */
export async function acceptVersion(context: PushContext, acceptance: Acceptance): Promise<AcceptResult> {
  const { id, record, isReplacement } = acceptance;
  return await changeId<AcceptResult>(context, id, async (state) => {
    const standing = findVersion(state, record);
    if (standing !== undefined && (!isReplacement || standing.sha512 === record.sha512))
      return { kind: "leave", result: "exists" };
    const others = state?.records.filter((other) => other !== standing) ?? [];
    // What was said of a version that is replaced goes with its bytes.
    const records = ascending([...others, { ...record, origins: { pushed: [] } }]);
    const changed = await withRecords(id, state, records, context.digest, "api");
    return { kind: "write", state: await intended(context, changed, acceptance), result: "accepted" };
  });
}

/** The recorded version that clients take for the same as this one. */
export function findVersion(state: IdState | undefined, record: PackageRecord): StoredRecord | undefined {
  const key = versionKey(record);
  return state?.records.find((other) => versionKey(other) === key);
}

/**
 * Whether a push may put other bytes in the place of a version. What a folder of packages holds as well is the folder's
 * affair: the next build would find two packages of one version.
 */
export function mayOverwrite(policy: OverwritePolicy, standing: StoredRecord): boolean {
  if (Object.keys(standing.origins).some((origin) => origin.startsWith("folder:"))) return false;
  return policy === "always" || (policy === "prerelease" && isPrerelease(feedVersion(standing).version));
}

/**
 * The state as it is saved before the first document is written: every path that will be written is named, so that a
 * crash forgets no file.
 */
async function intended(
  context: PushContext,
  state: IdState,
  { id, record, etag }: Acceptance,
): Promise<IdState> {
  const { lower } = feedVersion(record);
  const path = nupkgPath(id, lower);
  const withPackage: IdState = {
    ...state,
    outputs: { ...state.outputs, [path]: packageDigest(record) },
    unconfirmed: { ...state.unconfirmed, [lower]: etag },
  };
  const plan = await planId(withPackage, context.settings, context.settingsDigest, context.digest);
  await refuseForeignFiles(context, [plan]);
  return plan.intended;
}
