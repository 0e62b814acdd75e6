/**
 * Checks the facts of one version as they stand in a facts file.
 */
import type { FeedError } from "../errors.js";
import { nearestName } from "../nearest.js";
import { parsePackageId } from "../nuget/id.js";
import { normalizedRange, parseRange } from "../nuget/range.js";
import type { Deprecation, Facts, Vulnerability } from "./facts.js";
import { webUrl } from "./links.js";
import { normalizeTime } from "./published.js";

/** What becomes of facts that cannot be used; whoever parses a file knows the place. */
export interface FactsReport {
  /** Makes the error for a value that is not what its key needs. */
  readonly refuse: (reason: string) => FeedError;
  /** Is told of a key that means nothing. */
  readonly passOver: (reason: string) => void;
}

type Parsers = {
  readonly [K in keyof Required<Facts>]: (value: unknown, report: FactsReport) => Required<Facts>[K];
};

const parsers: Parsers = {
  listed: (value, report) => asBoolean(value, "listed", report),
  published: parsePublished,
  deprecation: parseDeprecation,
  vulnerabilities: (value, report) =>
    asArray(value, "vulnerabilities", report).map((item) => parseVulnerability(item, report)),
  owners: (value, report) => asArray(value, "owners", report).map((item) => asText(item, "an owner", report)),
  verified: (value, report) => asBoolean(value, "verified", report),
};

export const FACT_KEYS: readonly string[] = Object.keys(parsers);

/** The known facts of the object; a wrong value throws what `refuse` makes, unknown keys are passed over. */
export function parseFacts(value: unknown, report: FactsReport): Facts {
  const object = asObject(value, undefined, FACT_KEYS, report);
  const facts = Object.entries(parsers)
    .filter(([key]) => object[key] !== undefined)
    .map(([key, parse]) => [key, parse(object[key], report)]);
  return Object.fromEntries(facts);
}

function parsePublished(value: unknown, report: FactsReport): string {
  const time = normalizeTime(asText(value, "published", report));
  if (time !== undefined) return time;
  throw report.refuse(
    `published ${JSON.stringify(value)} is no time after 1901 such as 2024-05-01T10:00:00Z`,
  );
}

function parseDeprecation(value: unknown, report: FactsReport): Deprecation {
  const keys = ["reasons", "message", "alternatePackage"];
  const { reasons, message, alternatePackage } = asObject(value, "deprecation", keys, report);
  const texts = asArray(reasons, "deprecation reasons", report).map((reason) =>
    asText(reason, "a deprecation reason", report),
  );
  if (texts.length === 0) {
    throw report.refuse("deprecation reasons are empty; known are Legacy, CriticalBugs and Other");
  }
  return {
    reasons: texts,
    ...(message !== undefined && { message: asText(message, "deprecation message", report) }),
    ...(alternatePackage !== undefined && { alternatePackage: parseAlternate(alternatePackage, report) }),
  };
}

function parseAlternate(value: unknown, report: FactsReport): NonNullable<Deprecation["alternatePackage"]> {
  const { id, range } = asObject(value, "alternatePackage", ["id", "range"], report);
  const text = asText(id, "alternatePackage id", report);
  if (parsePackageId(text) === undefined)
    throw report.refuse(`alternatePackage id "${text}" is no package id`);
  return range === undefined ? { id: text } : { id: text, range: parseAlternateRange(range, report) };
}

/** `*` stands for any version here, and is how clients write it (protocol.md §4.8). */
function parseAlternateRange(value: unknown, report: FactsReport): string {
  const text = asText(value, "alternatePackage range", report);
  if (text === "*") return text;
  const range = parseRange(text, { allowFloating: false });
  if (range === undefined) throw report.refuse(`alternatePackage range "${text}" is no range and not *`);
  return normalizedRange(range);
}

const severities = ["low", "moderate", "high", "critical"];

function parseVulnerability(value: unknown, report: FactsReport): Vulnerability {
  const keys = ["advisoryUrl", "severity"];
  const { advisoryUrl, severity } = asObject(value, "a vulnerability", keys, report);
  const url = webUrl(asText(advisoryUrl, "advisoryUrl", report));
  if (url === undefined) {
    throw report.refuse(`advisoryUrl ${JSON.stringify(advisoryUrl)} is no absolute web address`);
  }
  return { advisoryUrl: url, severity: parseSeverity(severity, report) };
}

/** By name, or by number as in search answers, or by number as text as in registrations. */
function parseSeverity(value: unknown, report: FactsReport): Vulnerability["severity"] {
  const text = typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
  const level = /^[0-3]$/.test(text) ? Number(text) : severities.indexOf(text);
  if (level === 0 || level === 1 || level === 2 || level === 3) return level;
  throw report.refuse(`severity ${JSON.stringify(value)} is none of ${severities.join(", ")} and not 0 to 3`);
}

function asBoolean(value: unknown, name: string, { refuse }: FactsReport): boolean {
  if (typeof value !== "boolean") throw refuse(`${name} ${JSON.stringify(value)} is neither true nor false`);
  return value;
}

function asText(value: unknown, name: string, { refuse }: FactsReport): string {
  if (typeof value !== "string" || value === "") throw refuse(`${name} ${JSON.stringify(value)} is no text`);
  return value;
}

function asArray(value: unknown, name: string, { refuse }: FactsReport): unknown[] {
  if (!Array.isArray(value)) throw refuse(`${name} ${JSON.stringify(value)} is no list`);
  return value;
}

/** @param name `undefined` for the facts themselves */
function asObject(
  value: unknown,
  name: string | undefined,
  keys: readonly string[],
  { refuse, passOver }: FactsReport,
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse(`${name ?? "the value"} ${JSON.stringify(value)} is no object`);
  }
  for (const key of Object.keys(value).filter((key) => !keys.includes(key))) {
    const nearest = nearestName(key, keys);
    const question = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    passOver(`unknown key "${key}"${name === undefined ? "" : ` in ${name}`}${question}`);
  }
  return { ...value };
}
