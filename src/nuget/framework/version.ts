/**
 * Versions of frameworks and platforms: reading and printing.
 */
import { ignoreCase } from "../dotnet-text.js";
import { type FrameworkVersion, isZero } from "./model.js";

const maxPart = 2_147_483_647;

// What Int32.Parse takes: white space around, a sign. Minus only as -0.
const part = /^[\t-\r ]*(?:\+?(\d+)|-0+)[\t-\r ]*$/;

// Printed with one number when the others are 0.
const singleNumber = new Set(["Windows", "WindowsPhone", "Silverlight"].map(ignoreCase));
// Printed with dots always.
const dotted = new Set([".NETCoreApp", ".NETStandard", ".NETnanoFramework"].map(ignoreCase));

/** Reads two to four numbers joined by dots, as `System.Version` does. */
export function parseDottedVersion(text: string): FrameworkVersion | undefined {
  const texts = text.split(".");
  const numbers = texts.map(parsePart);
  if (texts.length < 2 || texts.length > 4 || !numbers.every((number) => number <= maxPart)) {
    return undefined;
  }
  const [major = 0, minor = 0, build = 0, revision = 0] = numbers;
  return [major, minor, build, revision];
}

function parsePart(text: string): number {
  const match = part.exec(text);
  return match === null ? Number.NaN : Number(match[1] ?? 0);
}

/** {@link parseDottedVersion}, where a single number is a major version: platforms and full names. */
export function parseMajorOrDottedVersion(text: string): FrameworkVersion | undefined {
  return parseDottedVersion(text.includes(".") ? text : `${text}.0`);
}

/** Reads the version in a short name: dotted, or a number per digit (`451`), of which the first four count. */
export function parseFolderVersion(text: string): FrameworkVersion | undefined {
  return parseDottedVersion(text.includes(".") ? text : text.padEnd(2, "0").slice(0, 4).split("").join("."));
}

/** The version as short names hold it: `45`, `2.0`, `10.0.19041`; empty for zeros. */
export function folderVersion(identifier: string, version: FrameworkVersion): string {
  if (isZero(version)) {
    return "";
  }
  const name = ignoreCase(identifier);
  const isDotted = dotted.has(name) || version.some((number) => number > 9);
  const minLength = singleNumber.has(name) && !isDotted ? 1 : 2;
  return dropTrailingZeros(version, minLength).join(isDotted ? "." : "");
}

/** The version as full names hold it: at least two numbers, `4.5`, `4.5.1`. */
export function displayVersion(version: FrameworkVersion): string {
  return dropTrailingZeros(version, 2).join(".");
}

function dropTrailingZeros(version: FrameworkVersion, minLength: number): readonly number[] {
  const length = version.findLastIndex((number) => number !== 0) + 1;
  return version.slice(0, Math.max(minLength, length));
}
