/**
 * Lower bounds with a star (protocol.md §1.6, "Floating"): reading, printing, matching.
 */
import { isPrerelease, type NuGetVersion, parseVersion, versionNumbers } from "../version.js";
import type { FloatRange } from "./model.js";

/** A bound as read: the lowest version and, if it floats, how. */
export interface FloatingBound {
  readonly min: NuGetVersion;
  readonly float?: FloatRange;
}

// A star may end the numbers, and the labels.
const starredNumbers = /^([^-+*]*)\*$/;
const starredLabels = /^([^-+*]*)-([^+*]*)\*$/;
const starredBoth = /^([^-+*]*)\*-([^+*]*)\*$/;

/**
 * Reads a lower bound that holds a star. A star directly behind digits counts as one more digit, 0: `1.2*` is
 * `1.*` from 1.20 on, and `1*` is version 10 and does not float; that is how the reference client reads them.
 */
export function parseFloatingBound(text: string): FloatingBound | undefined {
  if (text === "*") {
    return floating("0", { fixedNumbers: 0 });
  }
  const numbers = starredNumbers.exec(text)?.[1];
  if (numbers !== undefined) {
    const fixedNumbers = countDots(numbers);
    return floating(`${numbers}0`, fixedNumbers === 0 ? undefined : { fixedNumbers });
  }
  return parseFloatingLabels(text);
}

function parseFloatingLabels(text: string): FloatingBound | undefined {
  const [, numbers, prefix = ""] = starredLabels.exec(text) ?? [];
  if (numbers !== undefined) {
    return prefix.includes("-")
      ? parseHyphenatedLabels(`${numbers}-${prefix}`)
      : floating(`${numbers}-${lowestLabels(prefix)}`, { fixedNumbers: 4, releasePrefix: prefix });
  }
  const [, starred, releasePrefix = ""] = starredBoth.exec(text) ?? [];
  if (starred === undefined) {
    return undefined;
  }
  const float = { fixedNumbers: countDots(starred), releasePrefix };
  return floating(`${starred}0-${lowestLabels(releasePrefix)}`, float);
}

/** With a hyphen among the labels they must be complete, as in the reference client: `1.0.0-a-b.*` is invalid. */
function parseHyphenatedLabels(text: string): FloatingBound | undefined {
  const min = parseVersion(text);
  return min && { min, float: { fixedNumbers: 4, releasePrefix: min.labels.join(".") } };
}

/** The lowest labels that begin with a prefix: a label may not be empty, and 0 is the lowest. */
function lowestLabels(prefix: string): string {
  return prefix === "" || prefix.endsWith(".") ? `${prefix}0` : prefix;
}

function floating(minText: string, float?: FloatRange): FloatingBound | undefined {
  const min = parseVersion(minText);
  return min && (float === undefined ? { min } : { min, float });
}

function countDots(text: string): number {
  return text.split(".").length - 1;
}

/** The bound as text: `1.2.*`, `1.0.0-beta*`. */
export function floatText(float: FloatRange, min: NuGetVersion): string {
  const given = [min.major, min.minor, min.patch].slice(0, float.fixedNumbers);
  const numbers = float.fixedNumbers === 4 ? versionNumbers(min) : [...given, "*"].join(".");
  return float.releasePrefix === undefined ? numbers : `${numbers}-${float.releasePrefix}*`;
}

/** True for the versions that the bound stands for: releases always, prereleases when it has a matching prefix. */
export function floatMatches(float: FloatRange, min: NuGetVersion, version: NuGetVersion): boolean {
  const numbers = numbersOf(version);
  const sameNumbers = numbersOf(min)
    .slice(0, float.fixedNumbers)
    .every((number, index) => number === numbers[index]);
  return sameNumbers && (!isPrerelease(version) || startsWith(version, float.releasePrefix));
}

function numbersOf(version: NuGetVersion): readonly number[] {
  return [version.major, version.minor, version.patch, version.revision];
}

function startsWith(version: NuGetVersion, prefix: string | undefined): boolean {
  return prefix !== undefined && version.labels.join(".").toLowerCase().startsWith(prefix.toLowerCase());
}
