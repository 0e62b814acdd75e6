/**
 * The kinds of values that settings have, each with how it is read from text (flags, variables) and from JSON.
 */
import { parseBaseUrl } from "../../feed/base-url.js";
import type { Refuse } from "./refuse.js";

/** `refuse` makes what is thrown for a value of another kind; `place` is what messages call the place of the value. */
export interface Kind<T> {
  fromText(text: string, refuse: Refuse): T;
  fromJson(value: unknown, refuse: Refuse, place: string): T;
}

const booleanTexts: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["off", false],
]);

export const switchKind: Kind<boolean> = {
  fromText: (text, refuse) => {
    const value = booleanTexts.get(text.trim().toLowerCase());
    if (value === undefined) throw refuse("true or false");
    return value;
  },
  fromJson: (value, refuse) => {
    if (typeof value !== "boolean") throw refuse("true or false");
    return value;
  },
};

const LARGEST_COUNT = 999_999_999;

/** Whole numbers from 0. */
export const countKind = countUpTo(LARGEST_COUNT, "a whole number, 0 or above");

/** Whole numbers from 0 to `largest`. */
export function countUpTo(largest: number, needed = `a whole number, 0 to ${largest}`): Kind<number> {
  const check = (value: unknown, refuse: Refuse): number => {
    const isCount = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= largest;
    if (!isCount) throw refuse(needed);
    return value;
  };
  return {
    fromText: (text, refuse) => check(/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined, refuse),
    fromJson: check,
  };
}

/** Text that is not empty, without the character that no file system has in a name. */
export const pathKind = textKind("a path", isPath);

/** Goes into the state as the name of an origin. */
export const nameKind = textKind('a name of letters, digits, ".", "-" and "_"', (text) =>
  /^[\w.-]+$/.test(text),
);

/** One path or several; in a variable they are separated as in PATH. */
export function pathsKind(separator: string): Kind<readonly string[]> {
  const needed = "a path, or a list of paths";
  return {
    fromText: (text, refuse) => checkPaths(text.split(separator), needed, refuse),
    fromJson: (value, refuse) => checkPaths(Array.isArray(value) ? value : [value], needed, refuse),
  };
}

/** An address of a folder of the web; becomes absolute and ends in `/`. */
export const addressKind: Kind<string> = {
  fromText: parseBaseUrl,
  fromJson: (value, refuse) => {
    if (typeof value !== "string") throw refuse("an address as text");
    return parseBaseUrl(value, refuse);
  },
};

function textKind(needed: string, isAllowed: (text: string) => boolean): Kind<string> {
  const parse = (value: unknown, refuse: Refuse): string => {
    if (typeof value !== "string" || value === "" || !isAllowed(value)) throw refuse(needed);
    return value;
  };
  return { fromText: parse, fromJson: parse };
}

function checkPaths(values: readonly unknown[], needed: string, refuse: Refuse): readonly string[] {
  return values.map((value) => {
    if (typeof value !== "string" || value === "" || !isPath(value)) throw refuse(needed);
    return value;
  });
}

function isPath(text: string): boolean {
  return !text.includes("\0");
}
