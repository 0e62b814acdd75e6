/**
 * What a build does about damaged state: it makes it again as far as it can, tells what it did, and keeps a copy of what
 * was damaged. Nothing is written before the build writes anything.
 */
import type { FeedPath } from "../feed/urls.js";
import type { RecoverContext } from "../publish/recover/context.js";
import type { DamagedPartition } from "../publish/recover/examine-partition.js";
import { type RebuiltPartition, rebuildPartitions } from "../publish/recover/rebuild-partition.js";
import { type DamagedFile, planSetAside, setAside } from "../publish/recover/set-aside.js";
import { partitionPath, STATE_INDEX } from "../state/layout.js";
import { encodePartition, type Partition } from "../state/partition.js";
import type { MendedPartition } from "./mended-store.js";
import type { Problem } from "./options.js";

export interface StateMender {
  /** Makes damaged partitions again; those that need not be there are left out. */
  readonly mend: (damaged: readonly DamagedPartition[]) => Promise<(MendedPartition & { ids: Partition })[]>;
  /** What was mended so far. */
  readonly partitions: () => readonly MendedPartition[];
  readonly problems: () => readonly Problem[];
  /** Keeps copies of the damaged files, before they are replaced. */
  readonly setAside: () => Promise<void>;
  /** Whether the index of the state is among what is damaged, so that nobody knows which partitions there must be. */
  readonly isIndexLost: boolean;
}

/** @param damages of the files beside the partitions */
export async function createStateMender(
  context: RecoverContext,
  damages: readonly DamagedFile[],
): Promise<StateMender> {
  const files: DamagedFile[] = [];
  const mended: MendedPartition[] = [];
  const problems: Problem[] = [];
  const note = async (file: DamagedFile, unreadable: readonly FeedPath[] = []): Promise<void> => {
    files.push(file);
    problems.push(damageProblem(file, await planSetAside(context.store, file, context.digest)));
    problems.push(...unreadable.map(unreadableProblem));
  };
  for (const damage of damages) await note(damage);
  return {
    mend: async (damaged) => {
      const made = (await rebuildPartitions(context, damaged)).filter(mustBeThere);
      for (const { damaged, unreadable } of made) {
        const { partition, etag, damages } = damaged;
        const reasons = damages.map(({ reason }) => reason);
        await note(
          { path: partitionPath(partition), reasons, ...(etag !== undefined && { etag }) },
          unreadable,
        );
      }
      const all = made.map(mendedPartition);
      mended.push(...all.map(({ ids: _, ...one }) => one));
      return all;
    },
    partitions: () => mended,
    problems: () => problems,
    setAside: async () => {
      for (const file of files) await setAside(context.store, file, context.digest);
    },
    isIndexLost: damages.some(({ path }) => path === STATE_INDEX),
  };
}

/** The last ids of a partition may have left just before a crash, so that the file is rightly gone. */
function mustBeThere({ damaged, ids }: RebuiltPartition): boolean {
  return damaged.etag !== undefined || ids.size > 0;
}

function mendedPartition({
  damaged,
  ids,
  unreadable,
}: RebuiltPartition): MendedPartition & { ids: Partition } {
  const { partition, etag } = damaged;
  return { partition, ids, unreadable, bytes: encodePartition(ids), ...(etag !== undefined && { etag }) };
}

function damageProblem({ path, reasons }: DamagedFile, copy: FeedPath | undefined): Problem {
  const [reason = "is damaged", ...others] = reasons;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const kept = copy === undefined ? "" : `; what was there is kept as "${copy}"`;
  return {
    severity: "warning",
    code: "state-damaged",
    message: `State "${path}" ${reason}${more}: it is made again from the packages${kept}`,
  };
}

function unreadableProblem(path: FeedPath): Problem {
  return {
    severity: "warning",
    code: "package-lost",
    message: `Package "${path}" of the feed cannot be read, and so its version leaves the feed unless a file of this build holds it`,
    hint: "add the package again",
  };
}

/** Most versions that one message names. */
const MOST_NAMED = 5;

/**
 * What users are told of versions that nobody but the feed itself holds.
 *
 * @param versions as `Contoso.Core 1.0.0`
 */
export function keptProblems(versions: readonly string[]): Problem[] {
  if (versions.length === 0) return [];
  const more = versions.length - MOST_NAMED;
  const named = versions.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return [
    {
      severity: "warning",
      code: "version-recovered",
      message: `Kept ${named}: no file of this build holds them, and the state that knew where they came from is damaged`,
      hint: "they stay until a build or nupress add brings them again",
    },
  ];
}
