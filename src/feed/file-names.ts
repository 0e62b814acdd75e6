/**
 * How long the names are that a feed makes of a version.
 */
import { PackageError } from "../errors.js";
import { lowerId } from "../nuget/id.js";
import { lowerVersion } from "../nuget/version.js";
import { recordVersion } from "./feed-package.js";
import type { PackageRecord } from "./record.js";

/** What file systems store in one name. */
const MOST_NAME_BYTES = 255;

const encoder = new TextEncoder();

/** @throws PackageError `name-too-long` when no file system could hold the feed's files of this version */
export function assertShortName(record: Pick<PackageRecord, "id" | "version">): void {
  const name = `${lowerId(record.id)}.${lowerVersion(recordVersion(record))}.nupkg.sha512`;
  const { length } = encoder.encode(name);
  if (length <= MOST_NAME_BYTES) return;
  throw new PackageError(
    "name-too-long",
    `id and version make a file name of ${length} bytes, and file systems store ${MOST_NAME_BYTES}`,
    { hint: "give the package a shorter id or version" },
  );
}
