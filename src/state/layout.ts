/**
 * Where the state lies below the feed's root.
 *
 * ```
 * feed-state/feed.json               format, and the settings that shape documents
 * feed-state/packages/{hh}.jsonl     the partitions that are not empty: one line per id
 * feed-state/index.json              one row per partition, and the outputs of the whole feed
 * feed-state/lists/packages.jsonl    one line per id, see src/publish/site/package-lines.ts; may be lost
 * feed-state/sources/{hash}.jsonl     which files a source folder held, see src/build/known-files.ts; may be lost
 * feed-state/lock                    who writes at the moment, see src/publish/lease.ts
 * feed-state/staging/                packages that are being pushed, see src/publish/push/stage.ts
 * feed-state/audit/                  who changed what through the API, see src/publish/audit.ts
 * feed-state/damaged/                copies of damaged files, for people: nothing reads them
 * ```
 */

import { type Digest, idHashPrefix, textHash } from "../feed/digest.js";
import type { FeedPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";

/** Raised when older code must not read the state any more; newer code then tells how it reads older state. */
export const STATE_FORMAT = 1;

/** What to do about state that cannot be read. */
export const CORRUPT_HINT =
  "run nupress build or nupress verify --repair, which make it again from the packages";

export const PARTITION_BITS = 8;

/** Number of a partition, 0 to 255. */
export type PartitionNumber = number;

export const PARTITIONS: readonly PartitionNumber[] = Array.from(
  { length: 2 ** PARTITION_BITS },
  (_, n) => n,
);

export const FEED_FILE = statePath("feed.json");
export const STATE_INDEX = statePath("index.json");
export const PACKAGE_LINES = statePath("lists/packages.jsonl");
export const LOCK_FILE = statePath("lock");

export const PARTITIONS_FOLDER = statePath("packages/");

export function partitionPath(n: PartitionNumber): FeedPath {
  return statePath(`packages/${n.toString(16).padStart(2, "0")}.jsonl`);
}

/** What is remembered of one source of packages between builds. */
export function sourceMemoryPath(origin: string): FeedPath {
  return statePath(`sources/${textHash(origin).toString(16).padStart(8, "0")}.jsonl`);
}

export function isSourceMemoryPath(path: string): boolean {
  return /^feed-state\/sources\/[0-9a-f]{8}\.jsonl$/.test(path);
}

/** Where a copy of a damaged file of the state is kept. */
export function setAsidePath(path: FeedPath, digest: Digest): FeedPath {
  const [name = "", extension = ""] = path.slice("feed-state/".length).replaceAll("/", "-").split(".");
  return statePath(`damaged/${name}-${digest.slice(0, 8)}.${extension}`);
}

export function isSetAsidePath(path: string): boolean {
  return /^feed-state\/damaged\/(?:feed|index|packages-[0-9a-f]{2})-[0-9a-f]{8}\.jsonl?$/.test(path);
}

/** Packages under way to the feed, before anybody may see them. */
export const STAGING_FOLDER = statePath("staging/");

/**
 * Where a package is put while it is pushed. The name tells when that began, because stores need not know the age of
 * what they hold.
 *
 * @param time milliseconds since 1970
 * @param token lower-case letters and digits that no other push uses
 */
export function stagingPath(time: number, token: string): FeedPath {
  return statePath(`staging/${time}-${token}.nupkg`);
}

/** Where a push that failed notes what it may have left in the feed; see {@link stagingPath}. */
export function stagingNotePath(time: number, token: string): FeedPath {
  return statePath(`staging/${time}-${token}.json`);
}

/** When a staged package or a note was put there, in milliseconds since 1970; `undefined` for other paths. */
export function stagingTime(path: string): number | undefined {
  const time = /^feed-state\/staging\/(\d+)-[a-z0-9]+\.(?:nupkg|json)$/.exec(path)?.[1];
  return time === undefined ? undefined : Number(time);
}

/** Lines of the audit log. */
export const AUDIT_FOLDER = statePath("audit/");

/** The lines of one day, or one line of it. */
export function auditPath(name: string): FeedPath {
  return statePath(`audit/${name}`);
}

export function isAuditPath(path: string): boolean {
  return /^feed-state\/audit\/\d{4}-\d{2}-\d{2}\/(?:\d{2}\.jsonl|[\w.-]+\.json)$/.test(path);
}

function statePath(path: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: made of constants, hex digits and other such paths only
  return `feed-state/${path}` as FeedPath;
}

export function partitionOf(id: LowerId): PartitionNumber {
  return idHashPrefix(id, PARTITION_BITS);
}

/** The partitions whose ids fall into the first-`bits`-bits group `group`; for `bits` from 0 to 8. */
export function partitionsOfGroup(group: number, bits: number): PartitionNumber[] {
  const size = 2 ** (PARTITION_BITS - bits);
  return Array.from({ length: size }, (_, i) => group * size + i);
}
