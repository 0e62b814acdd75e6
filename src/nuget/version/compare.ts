/**
 * The order of versions (protocol.md §1.4).
 */
import { compareIgnoringCase } from "../dotnet-text.js";
import type { NuGetVersion } from "./model.js";

/**
 * The client's default order: numbers, then prerelease before release, then labels; metadata does not count.
 *
 * It is a total order except for labels that are different spellings of one number (`-0` and `0`, `-05` and `-5`),
 * which compare as equal although {@link sameVersion} tells them apart, as in the reference client.
 *
 * @returns negative when `a` sorts before `b`, positive when after, else 0
 */
export function compareVersions(a: NuGetVersion, b: NuGetVersion): number {
  return compareNumbers(a, b) || compareLabels(a.labels, b.labels);
}

/** {@link compareVersions}, with ties broken by build metadata without regard to case; none comes first. */
export function compareVersionsWithMetadata(a: NuGetVersion, b: NuGetVersion): number {
  return compareVersions(a, b) || compareIgnoringCase(a.metadata ?? "", b.metadata ?? "");
}

/** Only the four numbers of a version, compared. */
export function compareNumbers(a: NuGetVersion, b: NuGetVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || a.revision - b.revision;
}

/** True for two spellings of one package version: equal but for letter case and metadata (protocol.md §1.3). */
export function sameVersion(a: NuGetVersion, b: NuGetVersion): boolean {
  return compareNumbers(a, b) === 0 && a.labels.join(".").toLowerCase() === b.labels.join(".").toLowerCase();
}

function compareLabels(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) {
    return b.length - a.length;
  }
  for (const [index, label] of a.entries()) {
    const other = b[index];
    const order = other === undefined ? 1 : compareLabel(label, other);
    if (order !== 0) {
      return order;
    }
  }
  return a.length - b.length;
}

function compareLabel(a: string, b: string): number {
  const numberA = labelNumber(a);
  const numberB = labelNumber(b);
  if (numberA !== undefined && numberB !== undefined) {
    return numberA - numberB;
  }
  if (numberA === undefined && numberB === undefined) {
    return compareIgnoringCase(a, b);
  }
  return numberA === undefined ? 1 : -1;
}

/** Labels are numbers when they fit a signed 32-bit integer; a hyphen in front is its sign. */
function labelNumber(label: string): number | undefined {
  const number = /^-?\d+$/.test(label) ? Number(label) : Number.NaN;
  // ToInt32 wraps what does not fit, so only numbers in range equal their own truncation.
  return number === (number | 0) ? number : undefined;
}
