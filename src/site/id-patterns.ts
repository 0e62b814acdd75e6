/**
 * The patterns with which a client's package source mapping says what comes from this feed.
 */
import type { PackageId } from "../nuget/id.js";

/** How many patterns a feed may show. */
const MOST_PATTERNS = 8;

export interface IdPatterns {
  /** `Contoso.*`, or an id where it is the only one with its first word; sorted. */
  readonly patterns: readonly string[];
  /** Whether the feed holds ids that no pattern covers. */
  readonly isPartial: boolean;
}

/** Ids with the same first word. */
interface Group {
  readonly first: PackageId;
  ids: number;
  /** The id that is the word itself. */
  exact?: PackageId;
}

/** The patterns that cover the most ids, as they are written in the first id of each. */
export function idPatterns(ids: Iterable<PackageId>): IdPatterns {
  const groups = new Map<string, Group>();
  for (const id of ids) {
    const word = firstWord(id).toLowerCase();
    const group = groups.get(word) ?? { first: id, ids: 0 };
    group.ids += 1;
    if (!id.includes(".")) group.exact = id;
    groups.set(word, group);
  }
  const ordered = [...groups].sort(([wordA, a], [wordB, b]) => b.ids - a.ids || (wordA < wordB ? -1 : 1));
  const shown = ordered.slice(0, MOST_PATTERNS).flatMap(([, group]) => patternsOf(group));
  return { patterns: shown.sort(), isPartial: ordered.length > MOST_PATTERNS };
}

function firstWord(id: string): string {
  return id.split(".")[0] ?? id;
}

/** `Contoso*` would take a stranger's `ContosoX` from here too, so the id `Contoso` stands for itself. */
function patternsOf({ first, ids, exact }: Group): string[] {
  if (ids === 1) return [first];
  return [`${firstWord(first)}.*`, ...(exact === undefined ? [] : [exact])];
}
