/**
 * Makes a folder of packages with the skew of real feeds: one id with very many versions, most with 1 to 20, several
 * frameworks, dependencies on each other, readmes, icons shared by the versions of an id, prereleases and SemVer 2
 * versions; 3 to 60 kB each, a few of 5 MB. The same number of packages always gives the same bytes.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildPackage, type PackageOptions } from "../test/support/package-builder.js";
import { createRandom, type Random } from "./random.js";

/** Raised when the same number of packages gives other bytes than before. */
const CORPUS_VERSION = 1;
const MOST_VERSIONS = 2000;

type Targets = readonly string[];

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

/** Makes the corpus below `folder` unless it is there already; returns the folder of its packages. */
export function makeCorpus(folder: string, packages: number): string {
  const packagesFolder = path.join(folder, `packages-${packages}`);
  const mark = path.join(folder, `packages-${packages}.version`);
  if (isMade(mark)) return packagesFolder;
  rmSync(packagesFolder, { recursive: true, force: true });
  for (const { file, options } of corpusPackages(packages)) {
    const place = path.join(packagesFolder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, buildPackage(options));
  }
  writeFileSync(mark, String(CORPUS_VERSION));
  return packagesFolder;
}

function isMade(mark: string): boolean {
  try {
    return readFileSync(mark, "utf8") === String(CORPUS_VERSION);
  } catch {
    return false;
  }
}

export interface CorpusPackage {
  /** Relative to the packages folder; not more than some thousand files lie in one folder. */
  readonly file: string;
  readonly options: PackageOptions;
}

export function* corpusPackages(count: number): Generator<CorpusPackage> {
  const random = createRandom(count);
  const ids: string[] = [];
  for (let made = 0; made < count; ) {
    const id = corpusId(ids.length, random);
    const wanted = ids.length === 0 ? Math.min(MOST_VERSIONS, Math.floor(count / 5)) : versionCount(random);
    const versions = Math.min(wanted, count - made);
    yield* idPackages(id, versions, ids, random);
    ids.push(id);
    made += versions;
  }
}

/** About ten versions an id on average. */
function versionCount(random: Random): number {
  return random.next() < 0.3 ? random.between(1, 3) : random.between(4, 20);
}

function corpusId(n: number, random: Random): string {
  return `${random.pick(vendors)}.${random.pick(words)}.${random.pick(words)}${n}`;
}

function* idPackages(
  id: string,
  versions: number,
  earlier: readonly string[],
  random: Random,
): Generator<CorpusPackage> {
  const icon = random.next() < 0.6 ? pngLike(random) : undefined;
  const isReadme = random.next() < 0.7;
  const targets = random.pick(frameworks);
  const dependencies = dependenciesOf(earlier, random);
  for (let n = 0; n < versions; n++) {
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
      entries: targets.map((target) => ({
        name: `lib/${target}/${id}.dll`,
        content: random.bytes(Math.floor(packageSize(random) / targets.length)),
        stored: true,
      })),
      ...(icon && { icon: { path: "icon.png", content: icon } }),
      ...(isReadme && { readme: { path: "README.md", content: readmeText(id, n) } }),
    };
    yield { file: `${id}/${id}.${version}.nupkg`, options };
  }
}

function corpusVersion(n: number, random: Random): string {
  const numbers = `${Math.floor(n / 40) + 1}.${Math.floor(n / 5) % 8}.${n % 5}`;
  const kind = random.next();
  if (kind < 0.15) return `${numbers}-beta${n}`;
  if (kind < 0.25) return `${numbers}-rc.${n}`;
  return numbers;
}

function dependenciesOf(earlier: readonly string[], random: Random): Record<string, string> {
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
