/**
 * `packages.json` and `upstream.json`: facts about versions that their packages cannot hold, checked and then looked
 * up by id and version.
 */
import { FeedError } from "../errors.js";
import { type LowerId, lowerId, parsePackageId } from "../nuget/id.js";
import { parseRange, satisfies } from "../nuget/range.js";
import { lowerVersion, type NuGetVersion, parseVersion, sameVersion } from "../nuget/version.js";
import type { Facts } from "./facts.js";
import { parseFacts } from "./parse-facts.js";

/** The facts of one package id, in the order in which they are applied: later ones win. */
export interface PackageFacts {
  /** As written. */
  readonly id: string;
  readonly rules: readonly FactRule[];
  /** The versions that the file names one by one, as written. */
  readonly exactVersions: readonly string[];
}

interface FactRule {
  readonly precedence: number;
  readonly applies: (version: NuGetVersion) => boolean;
  readonly facts: Facts;
}

export type FactsById = ReadonlyMap<LowerId, PackageFacts>;

export interface FactsFile {
  readonly facts: FactsById;
  /** Keys that mean nothing, each as a sentence that names the place. */
  readonly problems: readonly string[];
}

/**
 * Reads a facts file: `{"Contoso.Core": {"1.0.0": {"listed": false}, "*": {"owners": ["contoso"]}}}`, where a key is a
 * version, `*`, or a range. An exact version wins over ranges, which win over `*`; among ranges the later one.
 *
 * @param name what messages call the file
 * @throws FeedError `facts-invalid` when it is no JSON of this shape or a value is not what its key needs
 */
export function parseFactsFile(text: string, name: string): FactsFile {
  const place = `"${name}"`;
  const problems: string[] = [];
  const packages = asObject(parseJson(text, name), place, "an object with package ids as keys");
  const facts = new Map<LowerId, PackageFacts>();
  for (const [id, versions] of Object.entries(packages)) {
    if (id === "$schema") continue;
    const packageId = parsePackageId(id);
    if (packageId === undefined) throw invalid(place, `"${id}" is no package id`);
    if (facts.has(lowerId(packageId)))
      throw invalid(place, `"${id}" stands there twice, in different letter case`);
    facts.set(lowerId(packageId), { id, ...parseRules(versions, `${place}: ${id}`, problems) });
  }
  return { facts, problems };
}

/** What the files say of a version; the file that comes first wins. */
export function factsFor(files: readonly FactsById[], id: LowerId, version: NuGetVersion): Facts | undefined {
  const said = files
    .toReversed()
    .flatMap((file) => file.get(id)?.rules ?? [])
    .filter((rule) => rule.applies(version))
    .map((rule) => rule.facts);
  return said.length === 0 ? undefined : Object.assign({}, ...said);
}

function parseRules(value: unknown, place: string, problems: string[]): Omit<PackageFacts, "id"> {
  const versions = asObject(value, place, "an object with versions, ranges or * as keys");
  const rules = Object.entries(versions).map(([key, facts]): FactRule => {
    const at = `${place} ${key}`;
    const report = {
      refuse: (reason: string) => invalid(at, reason),
      passOver: (reason: string) => void problems.push(`Cannot use facts of ${at}: ${reason}`),
    };
    return { ...parseSelector(key, place), facts: parseFacts(facts, report) };
  });
  const exactVersions = Object.keys(versions).filter((key) => parseVersion(key) !== undefined);
  refuseRepetition(exactVersions, place);
  return { rules: rules.sort((a, b) => a.precedence - b.precedence), exactVersions };
}

function parseSelector(key: string, place: string): Omit<FactRule, "facts"> {
  if (key === "*") return { precedence: 0, applies: () => true };
  const exact = parseVersion(key);
  if (exact !== undefined) return { precedence: 2, applies: (version) => sameVersion(version, exact) };
  // A floating version such as `1.*` would mean everything from 1.0 on, which nobody expects.
  const range = parseRange(key, { allowFloating: false });
  if (range !== undefined) return { precedence: 1, applies: (version) => satisfies(range, version) };
  throw invalid(place, `"${key}" is no version such as 1.0.0, no range such as [1.0,2.0) and not *`);
}

function refuseRepetition(texts: readonly string[], place: string): void {
  const seen = new Map<string, string>();
  for (const text of texts) {
    const version = parseVersion(text);
    const key = version === undefined ? text : lowerVersion(version);
    const other = seen.get(key);
    if (other !== undefined) throw invalid(place, `"${other}" and "${text}" are the same version`);
    seen.set(key, text);
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new FeedError("facts-invalid", `Cannot read "${name}": it is not JSON (${String(cause)})`, {
      cause,
    });
  }
}

function asObject(value: unknown, place: string, needed: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(place, `${JSON.stringify(value)} is not ${needed}`);
  }
  return { ...value };
}

function invalid(place: string, reason: string): FeedError {
  return new FeedError("facts-invalid", `Cannot use facts of ${place}: ${reason}`, {
    hint: "see schemas/packages.schema.json for what a facts file may hold",
  });
}
