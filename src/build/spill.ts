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

export interface Spill {
  readonly add: (partition: PartitionNumber, item: SpillItem) => void;
  /** Items of a partition in the order in which they were added. */
  readonly read: (partition: PartitionNumber) => SpillItem[];
  readonly has: (partition: PartitionNumber) => boolean;
  readonly dispose: () => void;
}

const DEFAULT_HELD = 8 * 1024 * 1024;

/**
 * @param mostHeld characters held in memory before everything goes to files. Those are written by blocking calls: items
 * are added by many reads side by side, and none of them must come in between.
 */
export function createSpill(mostHeld = DEFAULT_HELD): Spill {
  const lines = new Map<PartitionNumber, string[]>();
  const spilled = new Set<PartitionNumber>();
  let held = 0;
  let folder: string | undefined;

  const fileOf = (partition: PartitionNumber) => path.join(folder ?? "", `${partition}.jsonl`);
  const flush = (): void => {
    folder ??= mkdtempSync(path.join(tmpdir(), "nupress-"));
    for (const [partition, items] of lines) {
      appendFileSync(fileOf(partition), items.join(""));
      spilled.add(partition);
    }
    lines.clear();
    held = 0;
  };
  return {
    add: (partition, item) => {
      const line = `${JSON.stringify(item)}\n`;
      const items = lines.get(partition);
      if (items === undefined) lines.set(partition, [line]);
      else items.push(line);
      held += line.length;
      if (held > mostHeld) flush();
    },
    read: (partition) => {
      const stored = spilled.has(partition) ? readFileSync(fileOf(partition), "utf8") : "";
      return parseLines(stored + (lines.get(partition) ?? []).join(""));
    },
    has: (partition) => lines.has(partition) || spilled.has(partition),
    dispose: () => {
      lines.clear();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function parseLines(text: string): SpillItem[] {
  const lines = text.split("\n").slice(0, -1);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: these lines were written by `add`
  return lines.map((line) => JSON.parse(line) as SpillItem);
}
