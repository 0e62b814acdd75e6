/**
 * What the state holds of one package id: its records, where each of them came from, and what was written for it.
 */
import type { Digest, DigestBytes } from "../feed/digest.js";
import { byVersion, type FeedPackage, feedPackage, feedVersion } from "../feed/feed-package.js";
import type { PackageRecord } from "../feed/record.js";
import type { FeedPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { renderedText } from "./record-text.js";

const encoder = new TextEncoder();

/**
 * `folder:{source name}`, `added`, `pushed` or `mirrored`; `recovered` where the state was lost and nobody knows which
 * of them it was: whoever brings the version again takes it over, and until then it stays.
 */
export type OriginName = `folder:${string}` | "added" | "pushed" | "mirrored" | "recovered";

/** A package file of a source folder: what tells the next build that it has not changed. */
export interface OriginFile {
  /** Relative to the source root, with `/`. */
  readonly path: string;
  /** Time of modification in milliseconds. The size is the record's. */
  readonly mtime: number;
}

/** The files that an origin holds; empty for origins that are no folders. */
export type Origins = Readonly<Partial<Record<OriginName, readonly OriginFile[]>>>;

/** A record stays for as long as one origin holds it. */
export interface StoredRecord extends PackageRecord {
  readonly origins: Origins;
}

/** Whether nobody knows where the version came from. */
export function isRecovered({ origins }: StoredRecord): boolean {
  return origins.recovered !== undefined;
}

/** What lies at a path: the digest that was written, or `?` while a write is under way or was cut short. */
export type OutputMark = Digest | "?";

export type Outputs = Readonly<Record<FeedPath, OutputMark>>;

export function outputPaths(outputs: Outputs): FeedPath[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `Object.keys` only forgets the keys' type
  return Object.keys(outputs) as FeedPath[];
}

/** From what the documents were last made. */
export interface RenderedMark {
  readonly records: Digest;
  readonly settings: Digest;
}

/** The right to put other bytes where the package of a version lies, and to record them. */
export interface Claim {
  /** Of the bytes that are to come, in base64. */
  readonly sha512: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface IdState {
  readonly id: LowerId;
  readonly revision?: number;
  /** Ascending by version. Empty once everything was withdrawn and files wait for their deletion. */
  readonly records: readonly StoredRecord[];
  /** Of the records as rendering sees them. */
  readonly recordsDigest: Digest;
  readonly rendered?: RenderedMark;
  readonly outputs: Outputs;
  /** Outputs that are wanted no longer and are deleted at the end of a build. */
  readonly obsolete?: readonly FeedPath[];
  /** Since when the newest of them is obsolete, ISO 8601; absent where nobody reads the feed while it is written. */
  readonly obsoleteSince?: string;
  /** Obsolete files are being deleted right now: until that is done, nothing of the id may be written. */
  readonly isSweeping?: true;
  /**
   * Who is about to replace what lies where the package of a version is, by lower-case version; see
   * `src/publish/push/claim.ts`.
   */
  readonly claims?: Readonly<Record<string, Claim>>;
}

/** An id is dirty while its documents were not made from these records and these settings. */
export function isDirty(state: IdState, settings: Digest): boolean {
  return state.rendered?.records !== state.recordsDigest || state.rendered.settings !== settings;
}

/**
 * The same id with other records; without a previous state nothing was written for it yet.
 *
 * @param by who changes it: the revision begins with the first change through the API, and grows from then on with
 * every change
 */
export async function withRecords(
  id: LowerId,
  previous: IdState | undefined,
  records: readonly StoredRecord[],
  digest: DigestBytes,
  by: "input" | "api" = "input",
): Promise<IdState> {
  const { revision, records: revised } = revise(previous, records, by);
  const recordsDigest = await digestRecords(revised, revision, digest);
  return {
    ...previous,
    id,
    ...(revision !== undefined && { revision }),
    records: revised,
    recordsDigest,
    outputs: previous?.outputs ?? {},
  };
}

/** The digest of what rendering sees of an id. */
export async function digestRecords(
  records: readonly StoredRecord[],
  revision: number | undefined,
  digest: DigestBytes,
): Promise<Digest> {
  const text = `[${records.map(renderedText).join(",")}]`;
  return await digest(encoder.encode(revision === undefined ? text : `${text}@${revision}`));
}

/** Versions that differ from what they were carry the new revision, so that no document of theirs ever comes back. */
function revise(
  previous: IdState | undefined,
  records: readonly StoredRecord[],
  by: "input" | "api",
): { readonly revision: number | undefined; readonly records: readonly StoredRecord[] } {
  if (previous?.revision === undefined && by === "input") return { revision: undefined, records };
  const standing = new Set(previous?.records.map(renderedText));
  const isSame = (record: StoredRecord): boolean => standing.has(renderedText(record));
  if (previous !== undefined && records.length === standing.size && records.every(isSame))
    return { revision: previous.revision, records };
  const revision = (previous?.revision ?? 0) + 1;
  return { revision, records: records.map((record) => (isSame(record) ? record : { ...record, revision })) };
}

/** The order in which a state holds its records: that of the versions in documents. */
export function ascending(records: readonly StoredRecord[]): StoredRecord[] {
  return records
    .map((record) => feedVersion(record))
    .sort(byVersion)
    .map(({ record }) => record);
}

const packages = new WeakMap<IdState, FeedPackage<StoredRecord>>();

/** What rendering sees of an id; worked out once for each state, since a state never changes. */
export function statePackage(state: IdState): FeedPackage<StoredRecord> {
  const known = packages.get(state);
  if (known !== undefined) return known;
  const made = feedPackage(state.id, state.records, state.revision);
  packages.set(state, made);
  return made;
}
