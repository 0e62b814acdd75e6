/**
 * The dependencies of a nuspec (protocol.md §10.4).
 */
import { parsePackageId } from "../id.js";
import { namedFramework } from "../named-framework.js";
import type { Dependency, DependencyGroup } from "../nuspec-model.js";
import { omitUndefined } from "../omit-undefined.js";
import { quoted } from "../quoted.js";
import { anyVersion, normalizedRange, parseRange, type VersionRange } from "../range.js";
import { remembered } from "../remembered.js";
import { isSemVer2 } from "../version.js";
import type { Warn } from "../warnings.js";
import { attributeOf, elementsAt } from "./elements.js";
import type { XmlElement } from "./xml-element.js";

export interface Dependencies {
  readonly groups: readonly DependencyGroup[];
  /** A bound of some range is a SemVer 2 version (protocol.md §1.5). */
  readonly haveSemVer2: boolean;
}

/** A range as read and its normalized text, which has lost the metadata of its bounds. */
interface ReadRange {
  readonly range: VersionRange;
  readonly normalized: string;
}

interface ReadDependency {
  readonly dependency: Dependency;
  readonly range: VersionRange;
}

interface ReadGroup {
  readonly targetFramework: string | undefined;
  readonly dependencies: readonly ReadDependency[];
}

/**
 * Groups as they stand there. Dependencies outside of groups are one for any framework, but only without groups. Of
 * several groups for the same framework the first counts, which is the one that clients take.
 */
export function readDependencies(metadata: XmlElement, warn: Warn): Dependencies {
  const groupElements = elementsAt(metadata, "dependencies", "group");
  const groups =
    groupElements.length > 0
      ? distinctGroups(groupElements, warn).map((element) => readGroup(element, warn))
      : readFlat(elementsAt(metadata, "dependencies", "dependency"), warn);
  const ranges = groups.flatMap((group) => group.dependencies.map(({ range }) => range));
  return { groups: groups.map(toModel), haveSemVer2: ranges.some(hasSemVer2Bound) };
}

function readFlat(elements: readonly XmlElement[], warn: Warn): ReadGroup[] {
  if (elements.length === 0) return [];
  return [{ targetFramework: undefined, dependencies: readEach(elements, warn) }];
}

function readGroup(element: XmlElement, warn: Warn): ReadGroup {
  return {
    targetFramework: attributeOf(element, "targetFramework"),
    dependencies: readEach(elementsAt(element, "dependency"), warn),
  };
}

function distinctGroups(elements: readonly XmlElement[], warn: Warn): XmlElement[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const text = attributeOf(element, "targetFramework");
    const key = frameworkKey(text, warn);
    if (!seen.has(key)) {
      seen.add(key);
      return true;
    }
    const subject = text === undefined ? "any framework" : quoted(text);
    warn(`${secondGroup} ${subject} is ignored, the first counts`);
    return false;
  });
}

const secondGroup = "another dependency group for";

/** Whether a warning tells of a second group for one framework, which feeds that validate pushes refuse. */
export function isSecondGroupWarning(warning: string): boolean {
  return warning.startsWith(secondGroup);
}

/** Equal for texts that name the same framework; a text that names none stands for itself. */
function frameworkKey(text: string | undefined, warn: Warn): string {
  if (text === undefined) return "any";
  const named = namedFramework(text);
  if (named !== undefined) return named.shortName;
  warn(`the dependency group for ${quoted(text)} names no known framework`);
  return text.toLowerCase();
}

function readEach(elements: readonly XmlElement[], warn: Warn): ReadDependency[] {
  return elements.map((element) => readDependency(element, warn)).filter((read) => read !== undefined);
}

function readDependency(element: XmlElement, warn: Warn): ReadDependency | undefined {
  const idText = attributeOf(element, "id");
  const id = packageIdOf(idText ?? "");
  if (id === undefined) {
    warn(
      idText === undefined
        ? "a dependency without id is left out"
        : `the dependency ${quoted(idText)} is left out, it is no package id`,
    );
    return undefined;
  }
  const { range, normalized } = readRange(id, attributeOf(element, "version"), warn);
  const flags = { include: attributeOf(element, "include"), exclude: attributeOf(element, "exclude") };
  return { dependency: omitUndefined({ id, range: normalized, ...flags }), range };
}

const packageIdOf = remembered(parsePackageId);

/** Any version where there is none; also, with a warning, where it is none: so reads the reference client. */
function readRange(id: string, text: string | undefined, warn: Warn): ReadRange {
  if (text === undefined) return anyRange;
  const range = rangeOf(text);
  if (range === undefined)
    warn(`the version ${quoted(text)} of the dependency ${id} is no range and read as any version`);
  return range ?? anyRange;
}

const anyRange: ReadRange = withText(anyVersion);

const rangeOf = remembered((text): ReadRange | undefined => {
  const range = parseRange(text);
  return range && withText(range);
});

function withText(range: VersionRange): ReadRange {
  return { range, normalized: normalizedRange(range) };
}

function toModel({ targetFramework, dependencies }: ReadGroup): DependencyGroup {
  return omitUndefined({ targetFramework, dependencies: dependencies.map(({ dependency }) => dependency) });
}

function hasSemVer2Bound({ min, max }: VersionRange): boolean {
  return [min, max].some((bound) => bound !== undefined && isSemVer2(bound));
}
