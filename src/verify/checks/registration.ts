/**
 * What the flat container and the registration hives say of one id agrees: version list, indexes, pages and their
 * bounds (protocol.md §3.2, §4).
 */

import { listOf, property, textOf } from "../../feed/parsed-json.js";
import type { LowerId } from "../../nuget/id.js";
import {
  compareVersions,
  type LowerVersion,
  lowerVersion,
  type NuGetVersion,
  parseVersion,
  sameVersion,
} from "../../nuget/version.js";
import type { FeedFolders, FeedView } from "../feed-view.js";
import type { Finding } from "../finding.js";

export async function checkRegistrations(
  view: FeedView,
  { flatContainer, hives }: FeedFolders,
  id: LowerId,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const listPath = `${flatContainer}${id}/index.json`;
  const list = checkVersionList(listPath, await view.read(listPath), findings);
  const known = new Set(list);
  for (const [at, hive] of hives.entries()) {
    const path = `${hive}${id}/index.json`;
    const document = await view.read(path);
    const versions =
      document === undefined ? undefined : await checkIndex({ view, path, findings }, document);
    if (versions === undefined) continue;
    if (at > 0 && known.size > 0) findings.push(...compareWithKnown(path, versions, known));
    else if (list !== undefined) findings.push(...compareLists(path, listPath, versions, list));
    for (const version of versions) known.add(version);
  }
  return findings;
}

/** A hive that leaves versions out may still have none that nobody else knows. */
function compareWithKnown(
  path: string,
  versions: ReadonlySet<LowerVersion>,
  known: ReadonlySet<LowerVersion>,
): Finding[] {
  const strays = [...versions].filter((version) => !known.has(version));
  return strays.length === 0 ? [] : [wrong(path, `holds ${named(strays)}, which the feed does not list`)];
}

function wrong(path: string, reason: string): Finding {
  return { kind: "registration-wrong", path, reason };
}

/** @returns `undefined` when there is no such list, or nobody can read it */
function checkVersionList(
  path: string,
  document: unknown,
  findings: Finding[],
): ReadonlySet<LowerVersion> | undefined {
  if (document === undefined) return undefined;
  const texts = listOf(document, "versions");
  const versions = texts?.map((text) => (typeof text === "string" ? parseVersion(text) : undefined));
  if (versions === undefined || versions.includes(undefined)) {
    findings.push({ kind: "version-list-wrong", path, reason: "is no list of versions" });
    return undefined;
  }
  return new Set(versions.filter((version) => version !== undefined).map(lowerVersion));
}

function compareLists(
  path: string,
  listPath: string,
  versions: ReadonlySet<LowerVersion>,
  list: ReadonlySet<LowerVersion>,
): Finding[] {
  const unlisted = [...versions].filter((version) => !list.has(version));
  const unregistered = [...list].filter((version) => !versions.has(version));
  const findings: Finding[] = [];
  if (unlisted.length > 0) {
    const reason = `leaves out ${named(unlisted)}, which the registration holds`;
    findings.push({ kind: "version-list-wrong", path: listPath, reason });
  }
  if (unregistered.length > 0) {
    findings.push(wrong(path, `leaves out ${named(unregistered)}, which the version list holds`));
  }
  return findings;
}

interface IndexCheck {
  readonly view: FeedView;
  readonly path: string;
  readonly findings: Finding[];
}

/** @returns the versions of its leaves; `undefined` when not all of them can be read */
async function checkIndex(check: IndexCheck, index: unknown): Promise<ReadonlySet<LowerVersion> | undefined> {
  const { path, findings } = check;
  const pages = listOf(index, "items");
  if (pages === undefined) {
    findings.push(wrong(path, "has no pages"));
    return undefined;
  }
  checkCount(check, index, pages.length, "pages");
  const leaves = await Promise.all(pages.map(async (page) => await checkPage(check, page)));
  if (leaves.includes(undefined)) return undefined;
  const versions = leaves.flatMap((page) => page ?? []);
  for (const [at, version] of versions.entries()) {
    const last = versions[at - 1];
    if (last === undefined || isBefore(last, version)) continue;
    findings.push(wrong(path, `has ${lowerVersion(version)} behind ${lowerVersion(last)}`));
  }
  return new Set(versions.map(lowerVersion));
}

/** Where clients see no difference (`1.0.0--0`, `1.0.0-0`), text decides. */
function isBefore(a: NuGetVersion, b: NuGetVersion): boolean {
  const order = compareVersions(a, b);
  return order < 0 || (order === 0 && lowerVersion(a) < lowerVersion(b));
}

/** @returns the versions of its leaves; `undefined` for a page that cannot be read, or holds no leaves */
async function checkPage(check: IndexCheck, page: unknown): Promise<NuGetVersion[] | undefined> {
  const { view, findings } = check;
  const isInlined = property(page, "items") !== undefined;
  const path = isInlined ? check.path : (view.pathOf(textOf(page, "@id")) ?? "");
  const document = isInlined ? page : await view.read(path);
  // Found missing already, or a broken link.
  if (document === undefined) return undefined;
  const leaves = listOf(document, "items") ?? [];
  const versions = leaves.map((leaf) => parseVersion(textOf(property(leaf, "catalogEntry"), "version")));
  if (leaves.length === 0 || versions.includes(undefined)) {
    findings.push(wrong(path, "has a page without leaves, or a leaf without a version"));
    return undefined;
  }
  const known = versions.filter((version) => version !== undefined);
  checkCount(check, page, leaves.length, "leaves");
  checkBounds(check, page, known);
  if (isInlined) return known;
  checkCount({ ...check, path }, document, leaves.length, "leaves");
  checkBounds({ ...check, path }, document, known);
  return known;
}

function checkCount({ path, findings }: IndexCheck, holder: unknown, count: number, what: string): void {
  const said = property(holder, "count");
  if (said !== count) findings.push(wrong(path, `counts ${String(said)} ${what} and holds ${count}`));
}

/** Clients look a version up by the bounds of its page. */
function checkBounds({ path, findings }: IndexCheck, page: unknown, versions: readonly NuGetVersion[]): void {
  const ends = { lower: versions[0], upper: versions.at(-1) };
  for (const name of ["lower", "upper"] as const) {
    const said = parseVersion(textOf(page, name));
    const end = ends[name];
    if (end !== undefined && (said === undefined || !sameVersion(said, end))) {
      const text = JSON.stringify(property(page, name));
      findings.push(wrong(path, `has a page whose ${name} bound is ${text} instead of ${lowerVersion(end)}`));
    }
  }
}

/** The first few, since there may be thousands. */
function named(versions: readonly string[]): string {
  const shown = versions.slice(0, 3).join(", ");
  return versions.length > 3 ? `${shown} and ${versions.length - 3} more` : shown;
}
