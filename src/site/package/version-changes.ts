/**
 * The details of many versions in few bytes: neighbours differ in little, so each says only what is not as in the version
 * before it.
 */
import type { VersionDetails } from "./version-details.js";

/** What differs; `null` where the version before it has something and this one has not. */
export type VersionChanges = { readonly [Key in keyof VersionDetails]?: VersionDetails[Key] | null };

/** What `packages/{id}/versions.json` holds. */
export interface VersionsJson {
  readonly revision?: number;
  /** Descending. */
  readonly versions: readonly VersionChanges[];
}

/** All versions in such a text, descending. */
export function readVersions(text: string): VersionDetails[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: who reads it found it where it was written
  const { versions } = JSON.parse(text) as VersionsJson;
  return fromChanges(versions);
}

/** The first of the list is whole. */
export function toChanges(versions: readonly VersionDetails[]): VersionChanges[] {
  return versions.map((version, index) => changesFrom(versions[index - 1], version));
}

function changesFrom(before: VersionDetails | undefined, version: VersionDetails): VersionChanges {
  const earlier: Readonly<Record<string, unknown>> = { ...before };
  const removed = Object.keys(earlier).filter((key) => !(key in version));
  const changed = Object.entries(version).filter(([key, value]) => !isEqual(value, earlier[key]));
  return Object.fromEntries([...changed, ...removed.map((key) => [key, null])]);
}

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

/** The inverse of {@link toChanges}. */
export function fromChanges(changes: readonly VersionChanges[]): VersionDetails[] {
  let before: Readonly<Record<string, unknown>> = {};
  return changes.map((change) => {
    before = Object.fromEntries(
      Object.entries({ ...before, ...change }).filter(([, value]) => value !== null),
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the first change is a whole version
    return before as unknown as VersionDetails;
  });
}
