/**
 * Facts about ids or versions that the feed does not have are most likely misspelt: a version that was meant to be
 * unlisted would stay listed. They are told, each with the nearest name that the feed knows.
 */
import type { FactsById } from "../feed/facts-file.js";
import { nearestName } from "../nearest.js";
import type { LowerId } from "../nuget/id.js";
import { parseVersion, sameVersion } from "../nuget/version.js";
import type { StoredRecord } from "../state/id-state.js";
import type { Problem } from "./options.js";

/** The versions of the ids that facts files name, as a partition holds them. */
export type NamedVersions = readonly (readonly [LowerId, readonly string[]])[];

export interface FactsCheck {
  /**
   * Of some ids those that the files name.
   *
   * @param ids records by id
   */
  readonly namedVersions: (ids: Iterable<readonly [LowerId, readonly StoredRecord[]]>) => NamedVersions;
  /** Takes down what a partition holds; of an id that is noted twice, the last word counts. */
  readonly note: (named: NamedVersions) => void;
  /** @param names all ids of the feed as written; asked for only when an id is unknown */
  readonly problems: (names: () => Promise<readonly string[]>) => Promise<Problem[]>;
}

/** @param files the facts files by the names that messages call them */
export function createFactsCheck(files: ReadonlyMap<string, FactsById>): FactsCheck {
  const named = new Set([...files.values()].flatMap((facts) => [...facts.keys()]));
  const present = new Map<LowerId, readonly string[]>();
  return {
    namedVersions: (ids) =>
      [...ids]
        .filter(([id]) => named.has(id))
        .map(([id, records]) => [id, records.map(({ version }) => version)]),
    note: (versions) => {
      for (const [id, texts] of versions) present.set(id, texts);
    },
    problems: async (names) => {
      const isKnown = (id: LowerId) => (present.get(id)?.length ?? 0) > 0;
      const known = [...named].every(isKnown) ? [] : await names();
      return [...files].flatMap(([file, facts]) =>
        [...facts].flatMap(([key, { id, exactVersions }]) =>
          isKnown(key)
            ? unknownVersions(file, id, exactVersions, present.get(key) ?? [])
            : [unknown(file, `"${id}", which the feed does not have`, nearestName(id, known))],
        ),
      );
    },
  };
}

function unknownVersions(
  file: string,
  id: string,
  named: readonly string[],
  present: readonly string[],
): Problem[] {
  return named
    .filter((version) => !present.some((other) => isSame(version, other)))
    .map((version) =>
      unknown(
        file,
        `${id} "${version}", a version that the feed does not have`,
        nearestName(version, present),
      ),
    );
}

function isSame(a: string, b: string): boolean {
  const [versionA, versionB] = [parseVersion(a), parseVersion(b)];
  return versionA !== undefined && versionB !== undefined && sameVersion(versionA, versionB);
}

function unknown(file: string, what: string, nearest: string | undefined): Problem {
  return {
    severity: "problem",
    code: "facts-unknown",
    file,
    message: `Cannot use facts of "${file}": it names ${what}`,
    ...(nearest !== undefined && { hint: `did you mean "${nearest}"?` }),
  };
}
