/**
 * What reading the sources found, kept by partition until the partition's turn comes: in memory while it is little, in
 * temporary files beyond that.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PackageRecord } from "../feed/record.js";
import type { OriginFile } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";

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

export function spillLine(item: SpillItem): string {
  return `${JSON.stringify(item)}\n`;
}

export function parseSpill(text: string): SpillItem[] {
  const lines = text.split("\n").slice(0, -1);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: these lines were written by `spillLine`
  return lines.map((line) => JSON.parse(line) as SpillItem);
}

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
    folder ??= mkdtempSync(path.join(tmpdir(), "nupress-"));
    for (const [partition, texts] of held) {
      appendFileSync(fileOf(partition), texts.join(""));
      spilled.add(partition);
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
