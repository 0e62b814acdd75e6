/**
 * The version that stands where a push wants to put one.
 */
import { feedVersion, versionKey } from "../../feed/feed-package.js";
import type { PackageRecord } from "../../feed/record.js";
import { isPrerelease } from "../../nuget/version.js";
import type { IdState, StoredRecord } from "../../state/id-state.js";
import type { OverwritePolicy } from "./context.js";

/** The recorded version that clients take for the same as this one. */
export function findVersion(state: IdState | undefined, record: PackageRecord): StoredRecord | undefined {
  const key = versionKey(record);
  return state?.records.find((other) => versionKey(other) === key);
}

/**
 * Whether a push may put its bytes in the place of a version. The same bytes again are no overwriting. What a folder of
 * packages holds as well is the folder's affair: the next build would find two packages of one version.
 */
export function mayOverwrite(
  policy: OverwritePolicy,
  standing: StoredRecord,
  record: PackageRecord,
): boolean {
  if (standing.sha512 === record.sha512) return false;
  if (Object.keys(standing.origins).some((origin) => origin.startsWith("folder:"))) return false;
  return policy === "always" || (policy === "prerelease" && isPrerelease(feedVersion(standing).version));
}
