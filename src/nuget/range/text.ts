/**
 * The texts of a range (protocol.md §1.6).
 */
import { type NuGetVersion, normalizedVersion, sameVersion } from "../version.js";
import { floatText } from "./float.js";
import type { VersionRange } from "./model.js";

/** The canonical text, used in feeds: `[1.0.0, 2.0.0)`, `[1.0.0, )`, `(, )`. A star stays. */
export function normalizedRange(range: VersionRange): string {
  return intervalText(range, lowerText(range));
}

/** A bare (or floating) version for this or higher, `[1.0.0]` for exactly one, else the interval. */
export function shortRange(range: VersionRange): string {
  return bareText(range, lowerText(range));
}

/** {@link shortRange} without star: what pack writes into a nuspec. */
export function legacyShortRange(range: VersionRange): string {
  return bareText(range, boundText(range.min));
}

/** For people: `(>= 1.0.0 && < 2.0.0)`, `(= 1.0.0)`; empty for any version. A star is left out. */
export function prettyRange(range: VersionRange): string {
  if (isExact(range)) {
    return `(= ${boundText(range.min)})`;
  }
  const min = range.min && `>${range.minInclusive ? "=" : ""} ${boundText(range.min)}`;
  const max = range.max && `<${range.maxInclusive ? "=" : ""} ${boundText(range.max)}`;
  const bounds = [min, max].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? "" : `(${bounds.join(" && ")})`;
}

function bareText(range: VersionRange, lower: string): string {
  if (range.minInclusive && range.max === undefined) {
    return lower;
  }
  return isExact(range) ? `[${boundText(range.min)}]` : intervalText(range, lower);
}

function intervalText(range: VersionRange, lower: string): string {
  const open = range.minInclusive ? "[" : "(";
  const close = range.maxInclusive ? "]" : ")";
  return `${open}${lower}, ${boundText(range.max)}${close}`;
}

function lowerText({ float, min }: VersionRange): string {
  return float === undefined || min === undefined ? boundText(min) : floatText(float, min);
}

function boundText(bound: NuGetVersion | undefined): string {
  return bound === undefined ? "" : normalizedVersion(bound);
}

function isExact({ min, max, minInclusive, maxInclusive }: VersionRange): boolean {
  return minInclusive && maxInclusive && min !== undefined && max !== undefined && sameVersion(min, max);
}
