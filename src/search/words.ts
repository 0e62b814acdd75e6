/**
 * Cutting texts into words: what is looked up in the index, and what a question is made of.
 */
import { foldText } from "./fold-text.js";

/** Longer ones are no words that somebody types; packages could fill the memory with them. */
const maxWord = 64;

// Chinese and Japanese put no space between words, so each of their characters is one. `c#` and `c++` are words too.
const wordForm =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{N}\p{M}])+(?:#|\+\+)?/gu;

// `JSONPath` is JSON and Path, `log4net` is log, 4 and net.
const humpForm = /\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[\p{Lu}\p{Lt}]+|\p{N}+/gu;

const asciiWordForm = /[A-Za-z0-9]+(?:#|\+\+)?/g;
const ascii = /^[ -~\s]*$/;

/** The words of a text in their order, as written. */
export function rawWords(text: string): string[] {
  return text.match(ascii.test(text) ? asciiWordForm : wordForm) ?? [];
}

/** The words of a text in their order, folded. */
export function textWords(text: string): string[] {
  return rawWords(foldText(text)).map(shorten);
}

/**
 * The words of an id or of a title: what separators divide, and the parts of those at camel case and digits.
 * `FluentAssertions.Json` is `fluentassertions`, `fluent`, `assertions`, `json`.
 */
export function nameWords(name: string): string[] {
  return rawWords(name).flatMap((segment) => {
    const parts = humps(segment);
    const whole = shorten(foldText(segment));
    return parts.length > 1 ? [whole, ...parts] : [whole];
  });
}

/** The parts of one word as written at camel case and digits, folded. */
export function humps(word: string): string[] {
  return (word.match(humpForm) ?? []).map((part) => shorten(foldText(part)));
}

/** A word as one of many or as the only one: `files` for `file`, `dependency` for `dependencies`; English only. */
export function otherNumber(word: string): string | undefined {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return undefined;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/[^sui]s$/.test(word)) return word.length > 3 ? word.slice(0, -1) : undefined;
  return `${word}s`;
}

/** An id, or what may be the beginning of one, without what separates its words: `newtonsoftjson`. */
export function squash(name: string): string {
  return foldText(name).replaceAll(/[\s._-]+/g, "");
}

/** The text at its first characters, without half a character at the end. */
export function firstCharacters(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

function shorten(word: string): string {
  return firstCharacters(word, maxWord);
}
