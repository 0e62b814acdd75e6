/**
 * Checks the facts of one version as they stand in a facts file.
 */
import type { FeedError } from "../errors.js";
import { parsePackageId } from "../nuget/id.js";
import { parseRange } from "../nuget/range.js";
import type { Deprecation, Facts, Vulnerability } from "./facts.js";
import { webUrl } from "./links.js";
import { normalizeTime } from "./published.js";

type Refuse = (reason: string) => FeedError;
type Parsers = {
  readonly [K in keyof Required<Facts>]: (value: unknown, refuse: Refuse) => Required<Facts>[K];
};

const parsers: Parsers = {
  listed: (value, refuse) => asBoolean(value, "listed", refuse),
  published: parsePublished,
  deprecation: parseDeprecation,
  vulnerabilities: (value, refuse) =>
    asArray(value, "vulnerabilities", refuse).map((item) => parseVulnerability(item, refuse)),
  owners: (value, refuse) => asArray(value, "owners", refuse).map((item) => asText(item, "an owner", refuse)),
  verified: (value, refuse) => asBoolean(value, "verified", refuse),
};

export const FACT_KEYS: readonly string[] = Object.keys(parsers);

/** The known facts of the object; unknown keys are passed over, a wrong value throws what `refuse` makes. */
export function parseFacts(object: Readonly<Record<string, unknown>>, refuse: Refuse): Facts {
  const facts = Object.entries(parsers)
    .filter(([key]) => object[key] !== undefined)
    .map(([key, parse]) => [key, parse(object[key], refuse)]);
  return Object.fromEntries(facts);
}

function parsePublished(value: unknown, refuse: Refuse): string {
  const time = normalizeTime(asText(value, "published", refuse));
  if (time === undefined) {
    throw refuse(`published ${JSON.stringify(value)} is no time after 1901 such as 2024-05-01T10:00:00Z`);
  }
  return time;
}

function parseDeprecation(value: unknown, refuse: Refuse): Deprecation {
  const { reasons, message, alternatePackage } = asObject(value, "deprecation", refuse);
  const texts = asArray(reasons, "deprecation reasons", refuse).map((reason) =>
    asText(reason, "a deprecation reason", refuse),
  );
  if (texts.length === 0)
    throw refuse("deprecation reasons are empty; known are Legacy, CriticalBugs and Other");
  return {
    reasons: texts,
    ...(message !== undefined && { message: asText(message, "deprecation message", refuse) }),
    ...(alternatePackage !== undefined && { alternatePackage: parseAlternate(alternatePackage, refuse) }),
  };
}

function parseAlternate(value: unknown, refuse: Refuse): NonNullable<Deprecation["alternatePackage"]> {
  const { id, range } = asObject(value, "alternatePackage", refuse);
  const text = asText(id, "alternatePackage id", refuse);
  if (parsePackageId(text) === undefined) throw refuse(`alternatePackage id "${text}" is no package id`);
  if (range === undefined) return { id: text };
  const rangeText = asText(range, "alternatePackage range", refuse);
  if (rangeText !== "*" && parseRange(rangeText) === undefined) {
    throw refuse(`alternatePackage range "${rangeText}" is no range and not *`);
  }
  return { id: text, range: rangeText };
}

const severities = ["low", "moderate", "high", "critical"];

function parseVulnerability(value: unknown, refuse: Refuse): Vulnerability {
  const { advisoryUrl, severity } = asObject(value, "a vulnerability", refuse);
  const url = webUrl(asText(advisoryUrl, "advisoryUrl", refuse));
  if (url === undefined)
    throw refuse(`advisoryUrl ${JSON.stringify(advisoryUrl)} is no absolute web address`);
  const level = /^[0-3]$/.test(String(severity))
    ? Number(severity)
    : severities.indexOf(String(severity).toLowerCase());
  if (level !== 0 && level !== 1 && level !== 2 && level !== 3) {
    throw refuse(`severity ${JSON.stringify(severity)} is none of ${severities.join(", ")} or 0 to 3`);
  }
  return { advisoryUrl: url, severity: level };
}

function asBoolean(value: unknown, name: string, refuse: Refuse): boolean {
  if (typeof value !== "boolean") throw refuse(`${name} ${JSON.stringify(value)} is neither true nor false`);
  return value;
}

function asText(value: unknown, name: string, refuse: Refuse): string {
  if (typeof value !== "string" || value === "") throw refuse(`${name} ${JSON.stringify(value)} is no text`);
  return value;
}

function asArray(value: unknown, name: string, refuse: Refuse): unknown[] {
  if (!Array.isArray(value)) throw refuse(`${name} ${JSON.stringify(value)} is no list`);
  return value;
}

function asObject(value: unknown, name: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse(`${name} ${JSON.stringify(value)} is no object`);
  }
  return { ...value };
}
