/**
 * How all ids of a feed are divided into lists that people can read without a script.
 *
 * The list of a prefix holds all ids that begin with it, up to {@link MOST_IDS}. A list that would hold more is divided: it
 * leads to one list for each next character behind what all its ids have in common, and shows itself only the id that is
 * this common part. So a feed whose ids all begin with `Contoso.` is divided by what comes behind that.
 *
 * A list depends on the ids of its prefix alone, and knows nothing of the lists above it, so a new id changes one list and
 * may add others: where a list grows too long, it is divided. No number of a page moves ids from one to the next.
 */
import type { LowerId } from "../nuget/id.js";

/** With a line for each id a page stays below 100 kB. */
export const MOST_IDS = 250;

export interface IdList {
  /** What its ids begin with, in lower case; empty for the list at the start. */
  readonly prefix: string;
  /** Ascending. */
  readonly ids: readonly LowerId[];
  /** The prefixes of the lists that it is divided into, ascending. */
  readonly divisions: readonly string[];
}

/**
 * All lists of a feed, the start first.
 *
 * @param ids ascending by their characters' codes, each once
 */
export function divideIds(ids: readonly LowerId[], mostIds: number = MOST_IDS): IdList[] {
  const lists: IdList[] = [];
  const divide = (prefix: string, own: readonly LowerId[]): void => {
    if (own.length <= mostIds) {
      lists.push({ prefix, ids: own, divisions: [] });
      return;
    }
    const common = commonPrefix(own[0] ?? "", own.at(-1) ?? "");
    const groups = groupByPrefix(
      own.filter((id) => id.length > common.length),
      common.length + 1,
    );
    const ids = own.filter((id) => id.length === common.length);
    lists.push({ prefix, ids, divisions: groups.map(([division]) => division) });
    for (const [division, members] of groups) divide(division, members);
  };
  divide("", ids);
  return lists;
}

/** Of sorted texts the first and the last have the least in common. */
function commonPrefix(first: string, last: string): string {
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}

function groupByPrefix(ids: readonly LowerId[], length: number): [prefix: string, ids: LowerId[]][] {
  const groups = new Map<string, LowerId[]>();
  for (const id of ids) {
    const prefix = id.slice(0, length);
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [id]);
    else group.push(id);
  }
  return [...groups];
}
