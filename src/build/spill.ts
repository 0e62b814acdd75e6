/**
 * What reading the sources found, kept by partition until the partition's turn comes: in memory while it is little, in
 * temporary files beyond that.
 */
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
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
  add(partition: PartitionNumber, item: SpillItem): Promise<void>;
  /** Items of a partition in the order in which they were added. */
  read(partition: PartitionNumber): Promise<SpillItem[]>;
  has(partition: PartitionNumber): boolean;
  dispose(): Promise<void>;
}

/** Characters held in memory before everything goes to files. */
const HELD_CHARACTERS = 8 * 1024 * 1024;

export function createSpill(): Spill {
  const lines = new Map<PartitionNumber, string[]>();
  const spilled = new Set<PartitionNumber>();
  let held = 0;
  let folder: string | undefined;

  const fileOf = (partition: PartitionNumber) => path.join(folder ?? "", `${partition}.jsonl`);
  const flush = async (): Promise<void> => {
    folder ??= await mkdtemp(path.join(tmpdir(), "nupress-"));
    held = 0;
    const flushed = [...lines];
    lines.clear();
    for (const [partition, items] of flushed) {
      spilled.add(partition);
      await appendFile(fileOf(partition), items.join(""));
    }
  };
  return {
    add: async (partition, item) => {
      const line = `${JSON.stringify(item)}\n`;
      const items = lines.get(partition);
      if (items === undefined) lines.set(partition, [line]);
      else items.push(line);
      held += line.length;
      if (held > HELD_CHARACTERS) await flush();
    },
    read: async (partition) => {
      const stored = spilled.has(partition) ? await readFile(fileOf(partition), "utf8") : "";
      const text = stored + (lines.get(partition) ?? []).join("");
      return (
        text
          .split("\n")
          .slice(0, -1)
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: these lines were written by `add`
          .map((line) => JSON.parse(line) as SpillItem)
      );
    },
    has: (partition) => lines.has(partition) || spilled.has(partition),
    dispose: async () => {
      lines.clear();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
