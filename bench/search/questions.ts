/**
 * Questions as people ask them: ids, beginnings of ids as they are typed, words, fields, misspelt words, nothing.
 */
import type { SearchEntry } from "../../src/feed/search-entry.js";
import { createLanguage } from "./entries.js";

/** In a hundred questions: 20 ids, 25 beginnings, 20 words, 15 of two words, 10 misspelt, 5 with a field, 5 empty. */
export function makeQuestions(entries: readonly SearchEntry[], count: number): string[] {
  const { random, word } = createLanguage(7);
  const anyId = () => entries[random.between(0, entries.length - 1)]?.key ?? "";
  const makers: readonly [share: number, make: () => string][] = [
    [20, anyId],
    [25, () => anyId().slice(0, random.between(1, 9))],
    [20, word],
    [15, () => `${word()} ${word()}`],
    [10, () => misspell(word(), random.between(1, 3))],
    [5, () => `tags:${word()} ${word()}`],
    [5, () => ""],
  ];
  return Array.from({ length: count }, () => {
    let left = random.between(1, 100);
    const maker = makers.find(([share]) => {
      left -= share;
      return left <= 0;
    });
    return maker?.[1]() ?? "";
  });
}

function misspell(word: string, at: number): string {
  return `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
}
