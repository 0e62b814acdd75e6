/**
 * Where each entry has to end. Entries that overlap are refused: a small zip can so claim any amount of content,
 * and readers disagree about what is in it.
 */
import { PackageError } from "../../errors.js";
import { quoted } from "../quoted.js";
import { damaged } from "./errors.js";
import { localHeaderLength, type ZipEntry } from "./model.js";

/** An entry whose `endsBefore` is still to be set. */
export type DraftEntry = { -readonly [Key in keyof ZipEntry]: ZipEntry[Key] };

/**
 * Sets `endsBefore` in place: the start of the entry that follows in the file, `directoryStart` for the last one.
 *
 * @throws PackageError when two entries overlap, or one reaches into the directory
 */
export function setEntryEnds(drafts: readonly DraftEntry[], directoryStart: number): void {
  const inFileOrder = [...drafts].sort((a, b) => a.offset - b.offset);
  inFileOrder.forEach((entry, index) => {
    const next = inFileOrder[index + 1];
    entry.endsBefore = next?.offset ?? directoryStart;
    if (entry.offset + minLength(entry) <= entry.endsBefore) return;
    if (next === undefined) throw damaged(`${quoted(entry.name)} reaches into the directory`);
    throw new PackageError(
      "zip-overlap",
      `${quoted(entry.name)} and ${quoted(next.name)} overlap in the zip`,
    );
  });
}

/** A lower bound: the local header may hold more, which is checked when the entry is read. */
function minLength(entry: ZipEntry): number {
  return localHeaderLength + entry.name.length + entry.compressedSize;
}
