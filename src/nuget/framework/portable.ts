/**
 * Finding the known profile for a list of frameworks, and the list of a known profile (protocol.md §10.5).
 */
import { compareIgnoringCase } from "../dotnet-text.js";
import type { TargetFramework } from "./model.js";
import {
  frameworkAliases,
  monoIdentifiers,
  profileFrameworks,
  profilesWithMono,
} from "./portable-profiles.js";
import { nameWithVersion } from "./short-name.js";

const frameworksByNumber = new Map(profileFrameworks);
const numberByFrameworks = new Map(profileFrameworks.map(([number, frameworks]) => [frameworks, number]));

// What Int32.Parse takes behind the word: white space around, a sign.
const numberText = /^profile([\t-\r ]*[+-]?\d+[\t-\r ]*)$/i;

/** `Profile259` for exactly the frameworks of that profile, under any of their names and in any order. */
export function findProfile(members: readonly TargetFramework[]): string | undefined {
  const required = members.filter(({ framework }) => !monoIdentifiers.has(framework)).map(nameWithVersion);
  const names = new Set(required.map((name) => frameworkAliases.get(name) ?? name));
  const number = numberByFrameworks.get(joinNames([...names]));
  if (number === undefined || (required.length < members.length && !profilesWithMono.has(number))) {
    return undefined;
  }
  return `Profile${number}`;
}

/** The number in `Profile259`; `undefined` for lists of frameworks. */
export function profileNumber(profile: string): number | undefined {
  const number = Number(numberText.exec(profile)?.[1] ?? Number.NaN);
  // ToInt32 wraps what does not fit, so only numbers in range equal their own truncation.
  return number === (number | 0) ? number : undefined;
}

/** The frameworks of a known profile as a list: `net45+win8`. */
export function profileList(number: number): string | undefined {
  return frameworksByNumber.get(number);
}

/** The names as a list, in alphabetical order. */
export function joinNames(names: readonly string[]): string {
  // Not `toSorted`: searching runs in browsers that lack it.
  return [...names].sort(compareIgnoringCase).join("+");
}
