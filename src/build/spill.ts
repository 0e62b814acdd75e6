/**
 * What reading the sources found, kept by partition until the partition's turn comes: in memory while it is little, in
 * temporary files beyond that.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FeedError } from "../errors.js";
import { versionKey } from "../feed/feed-package.js";
import type { PackageRecord } from "../feed/record.js";
import type { OriginFile } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import { storeError } from "../store/fs/errors.js";

/**
 * - `package`: a package file that was read.
 * - `gone`: a path that no longer holds the bytes that the state knows.
 * - `touched`: a file with the bytes that the state knows and another time.
 */
export type SpillItem =
  | { readonly kind: "package"; readonly record: PackageRecord; readonly file: OriginFile }
  | { readonly kind: "gone"; readonly path: string }
  | { readonly kind: "touched"; readonly file: OriginFile };

/** Items as text, by partition. */
export type SpillLines = ReadonlyMap<PartitionNumber, string>;

/** A line begins with the key of the version that it brings, so that {@link bringsOnlyNewVersions} need not read on. */
export function spillLine(item: SpillItem): string {
  return `${item.kind === "package" ? versionKey(item.record) : ""}\t${JSON.stringify(item)}\n`;
}

export function parseSpill(text: string): SpillItem[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: these lines were written by `spillLine`
    return JSON.parse(line.slice(line.indexOf("\t") + 1)) as SpillItem;
  });
}

/** Whether all lines bring packages, each of another version. */
export function bringsOnlyNewVersions(text: string): boolean {
  const keys = new Set<string>();
  for (let start = 0; start < text.length; start = text.indexOf("\n", start) + 1) {
    const key = text.slice(start, text.indexOf("\t", start));
    if (key === "" || keys.has(key)) return false;
    keys.add(key);
  }
  return true;
}

/** Whether all lines say only that a file has another time. */
export function bringsOnlyTimes(text: string): boolean {
  for (let start = 0; start < text.length; start = text.indexOf("\n", start) + 1) {
    if (!text.startsWith(TOUCHED, start)) return false;
  }
  return true;
}

/** How the line of such an item begins. */
const TOUCHED = '\t{"kind":"touched"';

export interface Spill {
  readonly add: (lines: SpillLines) => void;
  /** The lines of a partition in the order in which they were added. */
  readonly read: (partition: PartitionNumber) => string;
  readonly has: (partition: PartitionNumber) => boolean;
  readonly dispose: () => void;
}

const DEFAULT_HELD = 8 * 1024 * 1024;

/** @param mostHeld characters held in memory before everything goes to files */
export function createSpill(mostHeld = DEFAULT_HELD): Spill {
  const held = new Map<PartitionNumber, string[]>();
  const spilled = new Set<PartitionNumber>();
  let characters = 0;
  let folder: string | undefined;

  const fileOf = (partition: PartitionNumber) => path.join(folder ?? "", `${partition}.jsonl`);
  const flush = (): void => {
    try {
      folder ??= mkdtempSync(path.join(tmpdir(), "nupress-"));
      for (const [partition, texts] of held) {
        appendFileSync(fileOf(partition), texts.join(""));
        spilled.add(partition);
      }
    } catch (error) {
      throw spillError(error);
    }
    held.clear();
    characters = 0;
  };
  return {
    add: (lines) => {
      for (const [partition, text] of lines) {
        const texts = held.get(partition);
        if (texts === undefined) held.set(partition, [text]);
        else texts.push(text);
        characters += text.length;
      }
      if (characters > mostHeld) flush();
    },
    read: (partition) => {
      const stored = spilled.has(partition) ? readFileSync(fileOf(partition), "utf8") : "";
      return stored + (held.get(partition) ?? []).join("");
    },
    has: (partition) => held.has(partition) || spilled.has(partition),
    dispose: () => {
      held.clear();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Says what is wrong with the folder for temporary files. */
function spillError(error: unknown): unknown {
  const failure = storeError("write", tmpdir(), "nupress-*", error);
  if (!(failure instanceof FeedError)) return failure;
  return new FeedError(failure.code, failure.message, {
    hint: "free some space there, or name another folder for temporary files (TMPDIR)",
    cause: error,
  });
}
