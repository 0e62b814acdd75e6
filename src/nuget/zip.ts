/**
 * Zip files read by ranges (protocol.md §10.1): the one import for everything about them. Only the directory and
 * the entries that are asked for are read, and nothing that a header claims is believed without a limit.
 */
import type { ByteSource } from "./byte-source.js";
import { readDirectory } from "./zip/directory.js";
import { readEndRecord } from "./zip/end-record.js";
import type { Zip } from "./zip/model.js";
import { withTail } from "./zip/tail.js";

export { newestEntryTime } from "./zip/dos-time.js";
export type { Zip, ZipEntry } from "./zip/model.js";
export { readEntry, type SizeLimit, viewEntry } from "./zip/read-entry.js";

/**
 * Reads the directory of a zip. The end of the file is read once, so that a small zip takes a single read; of a
 * larger one each entry takes one more.
 *
 * @throws PackageError for what is no zip, is truncated or damaged, has encrypted, overlapping or too many entries,
 * or an entry that would be unpacked outside of its folder
 */
export async function openZip(source: ByteSource): Promise<Zip> {
  const cached = await withTail(source);
  return { source: cached, entries: await readDirectory(cached, await readEndRecord(cached)) };
}
