/**
 * A partition: the ids whose hash begins with the same eight bits, as JSON lines sorted by id.
 */
import { FeedError } from "../errors.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, outputPaths } from "./id-state.js";
import { CORRUPT_HINT, type PartitionNumber, partitionPath } from "./layout.js";
import { recordText } from "./record-text.js";

export type Partition = ReadonlyMap<LowerId, IdState>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a partition; ids that hold neither records nor outputs nor a revision are left out. */
export function encodePartition(partition: Partition): Uint8Array {
  const lines = [...partition.values()]
    .filter(holdsAnything)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((state) => `${stateText(state)}\n`);
  return encoder.encode(lines.join(""));
}

/** Begins with the id, see {@link decodePartition}. */
function stateText({ id, records, ...rest }: IdState): string {
  const list = records.map(recordText).join(",");
  return `{"id":${JSON.stringify(id)},"records":[${list}],${JSON.stringify(rest).slice(1)}`;
}

/** A revision stays when all versions were deleted: if one comes back, its documents must not be those of before. */
function holdsAnything({ records, outputs, obsolete = [], revision }: IdState): boolean {
  return (
    records.length > 0 || outputPaths(outputs).length > 0 || obsolete.length > 0 || revision !== undefined
  );
}

/**
 * Reads a partition. Fields that this version does not know are kept.
 *
 * @param only the ids that are wanted; the lines of others are passed over unread, which takes a fraction of the time
 * @throws FeedError `state-corrupt` when a line is not what {@link encodePartition} writes
 */
export function decodePartition(
  n: PartitionNumber,
  bytes: Uint8Array,
  only?: ReadonlySet<LowerId>,
): Partition {
  try {
    const lines = decoder.decode(bytes).split("\n");
    const last = lines.pop();
    if (last !== "") throw new Error("its last line has no end");
    const wanted = only === undefined ? lines : linesOf(lines, only);
    const ids = new Map(wanted.map(decodeLine));
    if (ids.size < wanted.length) throw new Error("it holds an id twice");
    return ids;
  } catch (cause) {
    throw new FeedError("state-corrupt", `Cannot read "${partitionPath(n)}": it is damaged`, {
      cause,
      hint: CORRUPT_HINT,
    });
  }
}

/** A line begins with its id, because that is how {@link encodePartition} writes it. */
function linesOf(lines: readonly string[], only: ReadonlySet<LowerId>): string[] {
  const beginnings = [...only].map((id) => `${JSON.stringify({ id }).slice(0, -1)},`);
  return lines.filter((line) => beginnings.some((beginning) => line.startsWith(beginning)));
}

/** @throws Error when the line is not what {@link encodePartition} writes */
export function decodeLine(line: string): [LowerId, IdState] {
  const state: unknown = JSON.parse(line);
  if (!isIdState(state)) throw new Error("a line holds no id");
  return [state.id, state];
}

/** Checks the frame; the records inside were checked when they were made, and the file is written by nobody else. */
function isIdState(value: unknown): value is IdState {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "records" in value &&
    Array.isArray(value.records) &&
    "recordsDigest" in value &&
    typeof value.recordsDigest === "string" &&
    "outputs" in value &&
    typeof value.outputs === "object" &&
    value.outputs !== null &&
    (!("obsolete" in value) || isTextList(value.obsolete))
  );
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
