/**
 * Which packages a corpus holds, with the skew of real feeds: one id with very many versions, most with 1 to 20, several
 * frameworks, dependencies on each other, readmes, icons shared by the versions of an id, prereleases and SemVer 2
 * versions; 3 to 60 kB each, a few of 5 MB. The same number of packages always gives the same bytes.
 */
import { crc32 } from "node:zlib";
import type { DependencyRanges, PackageOptions } from "../test/support/package-builder.js";
import type { ZipEntry } from "../test/support/zip-builder.js";
import { createRandom, type Random } from "./random.js";

/** Raised when the same number of packages gives other bytes than before. */
export const CORPUS_VERSION = 2;

const MOST_VERSIONS = 2000;

type Targets = readonly [string, ...string[]];

const words = [
  "Core",
  "Text",
  "Data",
  "Logging",
  "Http",
  "Json",
  "Storage",
  "Client",
  "Testing",
  "Events",
] as const;
const vendors = ["Contoso", "Fabrikam", "Northwind", "Adatum", "Tailspin", "Wingtip"] as const;
const frameworks: readonly [Targets, ...Targets[]] = [
  ["net8.0"],
  ["netstandard2.0"],
  ["net8.0", "netstandard2.0"],
  ["net10.0", "net8.0", "net462"],
];

/** An id and what all its versions share. */
export interface CorpusId {
  readonly id: string;
  /** How many versions of it the corpus holds. */
  readonly versions: number;
  readonly seed: number;
  readonly targets: Targets;
  readonly dependencies: DependencyRanges;
  readonly icon?: Uint8Array;
  readonly hasReadme: boolean;
}

export interface CorpusPackage {
  /** Relative to the packages folder; not more than some thousand files lie in one folder. */
  readonly file: string;
  readonly options: PackageOptions;
}

/** The ids of a corpus of `count` packages; the first one has by far the most versions. */
export function corpusIds(count: number): CorpusId[] {
  const random = createRandom(count);
  const ids: CorpusId[] = [];
  const names: string[] = [];
  for (let made = 0; made < count; ) {
    const wanted = ids.length === 0 ? Math.min(MOST_VERSIONS, Math.floor(count / 5)) : versionCount(random);
    const name = `${random.pick(vendors)}.${random.pick(words)}.${random.pick(words)}${ids.length}`;
    const versions = Math.min(wanted, count - made);
    ids.push(corpusId(name, versions, dependenciesOn(names, random), random));
    names.push(name);
    made += versions;
  }
  return ids;
}

/** An id beside those of a corpus, for what is added to it. */
export function extraId(id: string, versions: number): CorpusId {
  return corpusId(id, versions, {}, createRandom(versions));
}

/** Version `n` of an id, counted from 0; `n` may go beyond the versions that the corpus holds. */
export function corpusPackage(corpusId: CorpusId, n: number): CorpusPackage {
  const { id, targets, dependencies, icon, hasReadme } = corpusId;
  const random = createRandom(corpusId.seed + Math.imul(n + 1, 0x9e3779b1));
  const version = corpusVersion(n, random);
  const options: PackageOptions = {
    id,
    version,
    authors: "Contoso, Fabrikam",
    description: `${id} makes ${random.pick(words)} and ${random.pick(words)} easy to use. `.repeat(
      random.between(1, 4),
    ),
    tags: `${random.pick(words)} ${random.pick(words)} bench`.toLowerCase(),
    projectUrl: `https://docs.example.com/${id}`,
    license: "MIT",
    dependencies: targets.map((targetFramework) => ({ targetFramework, dependencies })),
    entryTime: new Date(Date.UTC(2015, 0, 1) + random.between(0, 3_600_000) * 100_000).toISOString(),
    files: {},
    entries: targets.map((target) =>
      storedEntry(`lib/${target}/${id}.dll`, random.bytes(Math.floor(packageSize(random) / targets.length))),
    ),
    ...(icon && { icon: { path: "icon.png", content: icon } }),
    ...(hasReadme && { readme: { path: "README.md", content: readmeText(id, n) } }),
  };
  return { file: `${id}/${id}.${version}.nupkg`, options };
}

function corpusId(id: string, versions: number, dependencies: DependencyRanges, random: Random): CorpusId {
  const icon = random.next() < 0.6 ? pngLike(random) : undefined;
  return {
    id,
    versions,
    seed: random.between(0, 2 ** 32 - 1),
    targets: random.pick(frameworks),
    dependencies,
    hasReadme: random.next() < 0.7,
    ...(icon && { icon }),
  };
}

/** About ten versions an id on average. */
function versionCount(random: Random): number {
  return random.next() < 0.3 ? random.between(1, 3) : random.between(4, 20);
}

function corpusVersion(n: number, random: Random): string {
  const numbers = `${Math.floor(n / 40) + 1}.${Math.floor(n / 5) % 8}.${n % 5}`;
  const kind = random.next();
  if (kind < 0.15) return `${numbers}-beta${n}`;
  if (kind < 0.25) return `${numbers}-rc.${n}`;
  return numbers;
}

function dependenciesOn(earlier: readonly string[], random: Random): DependencyRanges {
  if (earlier.length === 0) return {};
  const count = random.between(0, 4);
  return Object.fromEntries(
    Array.from({ length: count }, () => [
      earlier[random.between(0, earlier.length - 1)] ?? "",
      `[1.${random.between(0, 3)}.0, )`,
    ]),
  );
}

function packageSize(random: Random): number {
  if (random.next() < 0.0005) return 5_000_000;
  return Math.floor(3000 + 57_000 * random.next() ** 3);
}

/** The builder's own CRC goes bit by bit, which would take most of the time of a large corpus. */
function storedEntry(name: string, content: Uint8Array): ZipEntry {
  return { name, content, stored: true, claims: { crc32: crc32(content) } };
}

function pngLike(random: Random): Uint8Array {
  const bytes = random.bytes(random.between(800, 4000));
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
}

/** Most versions keep the readme of the one before. */
function readmeText(id: string, n: number): string {
  const edition = Math.floor(n / 4);
  return `# ${id}\n\nEdition ${edition}.\n\n${"Install it, call it, be done. ".repeat(10 + (edition % 5))}\n`;
}
