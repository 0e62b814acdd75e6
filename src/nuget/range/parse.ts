/**
 * Reading ranges from text (protocol.md §1.6).
 */
import { trimDotNet } from "../dotnet-text.js";
import { compareVersions, parseVersion } from "../version.js";
import { type FloatingBound, parseFloatingBound } from "./float.js";
import type { VersionRange } from "./model.js";

/** How ranges are read. */
export interface ParseRangeOptions {
  /** Whether the lower bound may hold a star; true when left out, as in the reference client. */
  readonly allowFloating?: boolean;
}

interface BoundTexts {
  readonly min: string;
  readonly minInclusive: boolean;
  readonly max: string;
  readonly maxInclusive: boolean;
}

const interval = /^([[(])(.*)([\])])$/s;

/**
 * Reads a bare version (this or higher), an interval in brackets, or a floating version.
 *
 * @returns `undefined` when the text is no range
 */
export function parseRange(text: string, options: ParseRangeOptions = {}): VersionRange | undefined {
  const texts = splitBounds(trimDotNet(text));
  if (texts === undefined) {
    return undefined;
  }
  const lower = parseBound(texts.min, options.allowFloating ?? true);
  const upper = parseBound(texts.max, false);
  if (lower === undefined || upper === undefined) {
    return undefined;
  }
  const range: VersionRange = {
    ...lower,
    minInclusive: texts.minInclusive && lower.min !== undefined,
    ...(upper.min === undefined ? {} : { max: upper.min }),
    maxInclusive: texts.maxInclusive && upper.min !== undefined,
    original: text,
  };
  return areInOrder(range) ? range : undefined;
}

function splitBounds(text: string): BoundTexts | undefined {
  const [, open, inner = "", close] = interval.exec(text) ?? [];
  if (open === undefined) {
    return text === "" ? undefined : { min: text, minInclusive: true, max: "", maxInclusive: false };
  }
  const inclusive = { minInclusive: open === "[", maxInclusive: close === "]" };
  const [min = "", max, ...more] = inner.split(",");
  // A bound of white space counts as absent, but a range in which nothing at all is written is refused.
  if (more.length > 0 || (min === "" && !max)) {
    return undefined;
  }
  if (max === undefined && !(inclusive.minInclusive && inclusive.maxInclusive)) {
    return undefined;
  }
  return { min, max: max ?? min, ...inclusive };
}

/** An empty object for an absent bound, `undefined` for an invalid one. */
function parseBound(text: string, allowFloating: boolean): Partial<FloatingBound> | undefined {
  if (trimDotNet(text) === "") {
    return {};
  }
  if (allowFloating && text.includes("*")) {
    return parseFloatingBound(text);
  }
  const min = parseVersion(text);
  return min === undefined ? undefined : { min };
}

/** Equal bounds must be both inclusive or both not; `(1.0, 1.0)` is empty but valid. */
function areInOrder(range: VersionRange): boolean {
  if (range.min === undefined || range.max === undefined) {
    return true;
  }
  const order = compareVersions(range.min, range.max);
  return order < 0 || (order === 0 && range.minInclusive === range.maxInclusive);
}
