/**
 * Whether what a line of a partition holds can be trusted: its records are those that were saved, and the files that it
 * names are its own. Whoever renders from it, or deletes what it names, must know.
 */
import type { DigestBytes } from "../../feed/digest.js";
import { recordVersion } from "../../feed/feed-package.js";
import { ownerOfPath } from "../../feed/id-paths.js";
import { isAssetPath } from "../../feed/urls.js";
import { lowerId, parsePackageId } from "../../nuget/id.js";
import { lowerVersion, parseVersion } from "../../nuget/version.js";
import {
  digestRecords,
  type IdState,
  type Outputs,
  outputPaths,
  type StoredRecord,
} from "../../state/id-state.js";
import { isSafePath } from "../../store/path.js";

/** Whether everything in the state has the shape that the program relies on. */
export function isSoundState(state: IdState): boolean {
  const { id, records, outputs, obsolete, revision, claims } = state;
  const parsed = parsePackageId(id);
  return (
    parsed !== undefined &&
    lowerId(parsed) === id &&
    records.every((record) => isSoundRecord(state, record)) &&
    new Set(records.map((record) => lowerVersion(recordVersion(record)))).size === records.length &&
    Object.values(outputs).every(isText) &&
    (obsolete === undefined || (Array.isArray(obsolete) && obsolete.every(isText))) &&
    (revision === undefined || (Number.isSafeInteger(revision) && revision >= 0)) &&
    (claims === undefined || (isObject(claims) && Object.values(claims).every(isClaim)))
  );
}

function isClaim(claim: unknown): boolean {
  return (
    isObject(claim) && "sha512" in claim && isText(claim.sha512) && "since" in claim && isText(claim.since)
  );
}

/** What is inside of the metadata tells the digest of the records. */
function isSoundRecord({ id }: IdState, record: StoredRecord): boolean {
  if (!isObject(record) || !isText(record.id) || !isText(record.version)) return false;
  const packageId = parsePackageId(record.id);
  return (
    packageId !== undefined &&
    lowerId(packageId) === id &&
    parseVersion(record.version) !== undefined &&
    typeof record.size === "number" &&
    isText(record.sha512) &&
    isText(record.nuspecDigest) &&
    isObject(record.metadata) &&
    isObject(record.origins) &&
    Object.values(record.origins).every(isFileList)
  );
}

/** The digest of the records says nothing of their origins. */
function isFileList(files: unknown): boolean {
  return (
    Array.isArray(files) &&
    files.every((file: unknown) => isObject(file) && "path" in file && isText(file.path) && "mtime" in file)
  );
}

/** Whether the records are those whose digest was saved with them. */
export async function holdsItsRecords(state: IdState, digest: DigestBytes): Promise<boolean> {
  return (await digestRecords(state.records, state.revision, digest)) === state.recordsDigest;
}

/** Paths among the outputs of an id that it cannot have written. */
export function straysOf({ id, outputs, obsolete = [] }: IdState): string[] {
  return [...outputPaths(outputs), ...obsolete].filter((path) => !mayBelongTo(id, path));
}

/** The state without the paths that it cannot have written. */
export function withoutStrays(state: IdState): IdState {
  const { obsolete, ...rest } = state;
  const own = obsolete?.filter((path) => mayBelongTo(state.id, path)) ?? [];
  const outputs: Outputs = Object.fromEntries(
    Object.entries(state.outputs).filter(([path]) => mayBelongTo(state.id, path)),
  );
  return { ...rest, outputs, ...(own.length > 0 && { obsolete: own }) };
}

function mayBelongTo(id: string, path: string): boolean {
  return isSafePath(path) && (isAssetPath(path) || ownerOfPath(path) === id);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
