/**
 * Search entries as a feed of so many ids may have: words as frequent as in a language, ids of one to five words that
 * often begin alike, ten versions. The same number always makes the same entries.
 */
import type { SearchEntry, SearchVersion } from "../../src/feed/search-entry.js";
import { lowerId, type PackageId, parsePackageId } from "../../src/nuget/id.js";
import { createRandom, type Random } from "../random.js";

const vocabularySize = 20_000;
const owners = 200;

export interface Language {
  /** A word; the first ones come often, the last ones seldom. */
  readonly word: () => string;
  readonly random: Random;
}

export function createLanguage(seed: number): Language {
  const random = createRandom(seed);
  const words = vocabulary(createRandom(1));
  return {
    random,
    word: () => words[Math.floor(words.length ** random.next()) - 1] ?? "net",
  };
}

export function makeEntries(count: number): SearchEntry[] {
  const language = createLanguage(count);
  const prefixes = Array.from({ length: owners }, () => capital(language.word()));
  const entries = new Map<string, SearchEntry>();
  while (entries.size < count) {
    const entry = makeEntry(language, makeId(language, prefixes));
    entries.set(entry.key, entry);
  }
  return [...entries.values()];
}

function makeId({ random, word }: Language, prefixes: readonly string[]): PackageId {
  const first = random.next() < 0.5 ? prefixes[random.between(0, owners - 1)] : undefined;
  const words = Array.from({ length: random.between(1, 4) }, () =>
    random.next() < 0.3 ? capital(word()) + capital(word()) : capital(word()),
  );
  const id = parsePackageId((first === undefined ? words : [first, ...words]).join(".").slice(0, 90));
  if (id === undefined) throw new Error("made no id");
  return id;
}

function makeEntry({ random, word }: Language, id: PackageId): SearchEntry {
  const words = (count: number) => Array.from({ length: count }, word);
  const versions = Array.from(
    { length: random.between(1, 20) },
    (_, n): SearchVersion => ({ version: `1.${n}.0`, published: "2024-05-01T12:00:00Z" }),
  );
  const stable = versions.at(-1)?.version ?? "";
  const latest = {
    id,
    version: stable,
    description: words(random.between(5, 60)).join(" "),
    authors: words(2).map(capital).join(" "),
    tags: words(random.between(0, 6)),
    frameworks: ["net8.0", "netstandard2.0"],
    iconUrl: `v3/assets/${random.between(2 ** 31, 2 ** 32 - 1).toString(16)}${id.length}.png`,
  };
  const next = { version: "2.0.0-beta", isPrerelease: true as const, published: "2024-06-01T12:00:00Z" };
  const isAhead = random.next() < 0.1;
  return {
    key: lowerId(id),
    versions: isAhead ? [...versions, next] : versions,
    latest: isAhead ? [latest, { ...latest, version: next.version }] : [latest],
  };
}

function vocabulary(random: Random): string[] {
  const words = new Set<string>();
  while (words.size < vocabularySize) {
    const syllables = Array.from({ length: random.between(2, 4) }, () => syllable(random));
    words.add(syllables.join(""));
  }
  return [...words];
}

function syllable(random: Random): string {
  return (
    random.pick(["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"]) +
    random.pick(["a", "e", "i", "o", "u", "er"])
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
