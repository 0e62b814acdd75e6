/**
 * Reading versions from text: leniently as package versions are read, and strictly as semantic versions
 * (protocol.md §1.2).
 */
import { trimDotNet } from "../dotnet-text.js";
import { remembered } from "../remembered.js";
import type { NuGetVersion } from "./model.js";

const maxNumber = 2_147_483_647;

// The numbers end at the first hyphen or plus, the labels at the first plus after it.
const sections = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s;
const identifier = /^[0-9A-Za-z-]+$/;
const leadingZero = /^0\d+$/;

/**
 * Reads a version as the client reads those of packages: one to four numbers, leading zeros and white space around
 * the whole and around each number allowed.
 *
 * @returns `undefined` when the text is no version
 */
export const parseVersion: (text: string) => NuGetVersion | undefined = remembered((text) =>
  parseSections(trimDotNet(text), text.replaceAll(" ", ""), parseNumbers),
);

/**
 * Reads a semantic version as written: exactly three numbers without leading zeros, no white space. Meant for
 * protocol versions such as that of a service index, not for packages.
 *
 * @returns `undefined` when the text is no strict version
 */
export function parseStrictVersion(text: string): NuGetVersion | undefined {
  return parseSections(text, text, parseStrictNumbers);
}

function areLabels(labels: readonly string[]): boolean {
  return labels.every((label) => identifier.test(label) && !leadingZero.test(label));
}

type ParseNumbers = (text: string) => readonly number[] | undefined;

function parseSections(text: string, original: string, parseNumbers: ParseNumbers): NuGetVersion | undefined {
  const match = sections.exec(text);
  const numbers = parseNumbers(match?.[1] ?? "");
  const labels = match?.[2]?.split(".") ?? [];
  const metadata = match?.[3];
  if (numbers === undefined || !areLabels(labels)) {
    return undefined;
  }
  if (metadata !== undefined && !metadata.split(".").every((part) => identifier.test(part))) {
    return undefined;
  }
  const [major = 0, minor = 0, patch = 0, revision = 0] = numbers;
  const version = { major, minor, patch, revision, labels, original };
  return metadata === undefined ? version : { ...version, metadata };
}

function parseNumbers(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  return parts.length > 4 ? undefined : parseParts(parts.map(trimDotNet));
}

function parseStrictNumbers(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  return parts.length !== 3 || parts.some((part) => leadingZero.test(part)) ? undefined : parseParts(parts);
}

function parseParts(parts: readonly string[]): readonly number[] | undefined {
  const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  return numbers.every((number) => number <= maxNumber) ? numbers : undefined;
}
