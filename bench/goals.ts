/**
 * What the figures must hold, and whether they do. A corpus below 10,000 packages has no goals for time and memory: there
 * the start of the process is most of what is measured.
 */
import { countOf, feedFiles, filesPer } from "./feed-files.js";
import { type CaseName, type Row, ratioOf } from "./row.js";

export interface Goal {
  /** The rule, with the figure where the table does not show it. */
  readonly text: string;
  readonly isMet: boolean;
}

const MEGABYTE = 1e6;
const SMALL = 10_000;

/** The goals of one row; `rows` are all that were measured, since some goals compare. */
export function judge(row: Row, rows: readonly Row[]): Goal[] {
  return goalsOf[row.name](row, rows);
}

const goalsOf: Readonly<Record<CaseName, (row: Row, rows: readonly Row[]) => Goal[]>> = {
  clean: (row) => [
    ...(row.packages < SMALL
      ? []
      : [
          ratio(row, row.place === "disk" ? 1.3 : 3),
          ...(row.packages === SMALL && row.place === "memory" ? [seconds(row, 5)] : []),
          memory(row, row.packages === SMALL ? 300 : 450),
        ]),
    ...filesGoals(row),
  ],
  unchanged: (row) => [
    ...(row.packages === SMALL ? [seconds(row, 0.6)] : []),
    none("files written", feedFiles(row.written.counts) + countOf(row.written.counts, "state")),
    { text: "no lock taken", isMet: !row.written.touchedStateFolder },
  ],
  touched: (row, rows) => [
    ...shareOfClean(row, rows),
    none("documents written", feedFiles(row.written.counts)),
  ],
  "build-one": (row) => (row.packages === SMALL ? [seconds(row, 0.6)] : []),
  "add-one": (row) => (row.packages < SMALL ? [] : [seconds(row, 0.35), memory(row, 100)]),
  "base-url": (row) => [none("packages copied", countOf(row.written.counts, "package", "nuspec", "readme"))],
  verify: (row) => (row.packages < SMALL ? [] : [ratio(row, 1.2)]),
  "verify-quick": () => [],
  site: (row) => (row.packages < SMALL ? [] : [ratio(row, 1.5, "without it")]),
  "site-one": () => [],
  "big-id": (row) => {
    const pages = countOf(row.written.counts, "registration page");
    return [{ text: `only the last page of each hive (${pages} written)`, isMet: pages <= 2 }];
  },
};

/** Hashing only, compared with a clean build in memory. */
function shareOfClean(row: Row, rows: readonly Row[]): Goal[] {
  const clean = rows.find(
    ({ name, place, packages }) => name === "clean" && place === row.place && packages === row.packages,
  );
  if (clean === undefined || row.place !== "memory" || row.packages < SMALL) return [];
  const percent = Math.round((100 * row.nupress.seconds) / clean.nupress.seconds);
  return [{ text: `≤ 40 % of a clean build (${percent} %)`, isMet: percent <= 40 }];
}

function filesGoals({ written }: Row): Goal[] {
  const per = filesPer(written.counts);
  return [
    { text: `≤ 3 files a version (${per.version.toFixed(2)})`, isMet: per.version <= 3 },
    { text: `≤ 3 files an id (${per.id.toFixed(2)})`, isMet: per.id <= 3 },
  ];
}

function ratio(row: Row, most: number, than = "limit"): Goal {
  return { text: `≤ ${most} × ${than}`, isMet: ratioOf(row) <= most };
}

function seconds(row: Row, most: number): Goal {
  return { text: `< ${most} s`, isMet: row.nupress.seconds < most };
}

function memory(row: Row, megabytes: number): Goal {
  return { text: `< ${megabytes} MB`, isMet: row.nupress.peakMemory < megabytes * MEGABYTE };
}

function none(what: string, count: number): Goal {
  return { text: count === 0 ? `no ${what}` : `no ${what} (${count})`, isMet: count === 0 };
}
