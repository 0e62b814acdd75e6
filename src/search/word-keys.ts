/**
 * The keys by which large feeds are searched: for each word of an id what the id says from there on. Keys that begin
 * alike lie together, so that the first letters of any word, or of several in a row, lead to all ids that hold them.
 */
import type { LowerId, PackageId } from "../nuget/id.js";
import { humps, rawWords, squash } from "./words.js";

/** The end of a word in keys: before all letters and digits, so that ids that end there come first. */
const WORD_END = "-";

/** The end of a key, which no id holds, so that no key is the beginning of another. */
const ID_END = "~";

/** An id of a hundred one-letter words is not worth a hundred entries. */
const maxKeys = 16;

/**
 * `Newtonsoft.Json` has `newtonsoftjson-newtonsoft.json~` and `json-newtonsoft.json~`. The id behind the hyphen makes
 * keys differ, so that however many ids end alike, they can be divided.
 */
export function wordKeys(id: PackageId, key: LowerId): string[] {
  const parts = rawWords(id).flatMap((word) => humpsOf(word));
  const keys = parts.slice(0, maxKeys).map((_, from) => parts.slice(from).join("") + WORD_END + key + ID_END);
  return [...new Set(keys)];
}

/** What cutting at camel case leaves out counts as no cut. */
function humpsOf(word: string): string[] {
  const parts = humps(word);
  const whole = squash(word);
  return parts.join("") === whole ? parts : [whole];
}

/** What keys of ids with this word, or with these words in a row, begin with. */
export function keyPrefix(text: string): string {
  return rawWords(text).map(squash).join("");
}
