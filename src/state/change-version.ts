/**
 * What the API changes of a version that the feed has: whether it is listed, and whether it is there. Pure; whoever
 * calls this writes the outcome.
 */
import { feedVersion } from "../feed/feed-package.js";
import type { LowerVersion } from "../nuget/version.js";
import type { OriginName, StoredRecord } from "./id-state.js";

export type VersionChange = "unlist" | "relist" | "delete";

/**
 * - `changed`: the records as they are to be.
 * - `unchanged`: the version is as it should be.
 * - `unknown`: there is no such version.
 * - `by-file`: the input files say otherwise, and they win.
 * - `by-folder`: a folder of packages holds the version, so the next build would bring it back.
 */
export type VersionChangeResult =
  | { readonly kind: "changed"; readonly records: readonly StoredRecord[] }
  | { readonly kind: "unchanged" }
  | { readonly kind: "unknown" }
  | { readonly kind: "by-file" }
  | { readonly kind: "by-folder"; readonly origin: OriginName };

export function changeVersion(
  records: readonly StoredRecord[],
  version: LowerVersion,
  change: VersionChange,
): VersionChangeResult {
  const record = records.find((candidate) => feedVersion(candidate).lower === version);
  if (record === undefined) return { kind: "unknown" };
  return change === "delete" ? remove(records, record) : setListed(records, record, change === "relist");
}

function setListed(
  records: readonly StoredRecord[],
  record: StoredRecord,
  listed: boolean,
): VersionChangeResult {
  if (feedVersion(record).isListed === listed) return { kind: "unchanged" };
  if (record.facts?.input?.listed !== undefined) return { kind: "by-file" };
  const changed: StoredRecord = {
    ...record,
    facts: { ...record.facts, api: { ...record.facts?.api, listed } },
  };
  return { kind: "changed", records: records.map((other) => (other === record ? changed : other)) };
}

function remove(records: readonly StoredRecord[], record: StoredRecord): VersionChangeResult {
  const origin = originNames(record).find((name) => name.startsWith("folder:"));
  if (origin !== undefined) return { kind: "by-folder", origin };
  return { kind: "changed", records: records.filter((other) => other !== record) };
}

function originNames({ origins }: StoredRecord): OriginName[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `Object.keys` only forgets the keys' type
  return Object.keys(origins) as OriginName[];
}
