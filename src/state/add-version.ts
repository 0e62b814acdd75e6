/**
 * Takes one version into an id's records, as `add` and push do.
 */
import { versionKey } from "../feed/feed-package.js";
import type { PackageRecord } from "../feed/record.js";
import { ascending, type OriginName, type StoredRecord } from "./id-state.js";

/**
 * - `added`: the version is new.
 * - `exists`: it is there with the same bytes; the origin now holds it as well.
 * - `conflict`: it is there with other bytes; nothing changes.
 */
export type AddResult =
  | { readonly kind: "added" | "exists"; readonly records: readonly StoredRecord[] }
  | { readonly kind: "conflict"; readonly standing: StoredRecord };

/** @returns records ascending; the same list where nothing changed */
export function addVersion(
  records: readonly StoredRecord[],
  record: PackageRecord,
  origin: OriginName,
): AddResult {
  const key = versionKey(record);
  const standing = records.find((other) => versionKey(other) === key);
  if (standing === undefined) {
    const added: StoredRecord = { ...record, origins: { [origin]: [] } };
    return { kind: "added", records: ascending([...records, added]) };
  }
  if (standing.sha512 !== record.sha512) return { kind: "conflict", standing };
  if (standing.origins[origin] !== undefined) return { kind: "exists", records };
  const { recovered: _, ...origins } = standing.origins;
  const held = { ...standing, origins: { ...origins, [origin]: [] } };
  return { kind: "exists", records: records.map((other) => (other === standing ? held : other)) };
}
