/**
 * Equality and order of frameworks.
 */
import { compareIgnoringCase, ignoreCase } from "../dotnet-text.js";
import { type FrameworkVersion, isAny, isUnsupported, noVersion, type TargetFramework } from "./model.js";

/** True for frameworks equal in all parts but for letter case. */
export function sameFramework(a: TargetFramework, b: TargetFramework): boolean {
  return frameworkKey(a) === frameworkKey(b);
}

/** A text that is equal for the same frameworks, to key maps and sets with. It is not for people. */
export function frameworkKey({
  framework,
  version,
  profile,
  platform,
  platformVersion,
}: TargetFramework): string {
  const names = [framework, profile ?? "", platform ?? ""].map(ignoreCase);
  return [...names, ...version, ...(platformVersion ?? noVersion)].join("|");
}

/**
 * The order in which the reference client lists frameworks: any first, unsupported last, else by identifier, version,
 * profile, platform.
 *
 * @returns negative when `a` sorts before `b`, positive when after, 0 for the same framework
 */
export function compareFrameworks(a: TargetFramework, b: TargetFramework): number {
  return (
    Number(isAny(b)) - Number(isAny(a)) ||
    Number(isUnsupported(a)) - Number(isUnsupported(b)) ||
    compareParts(a, b)
  );
}

function compareParts(a: TargetFramework, b: TargetFramework): number {
  return (
    compareIgnoringCase(a.framework, b.framework) ||
    compareVersionParts(a.version, b.version) ||
    compareIgnoringCase(a.profile ?? "", b.profile ?? "") ||
    compareIgnoringCase(a.platform ?? "", b.platform ?? "") ||
    compareVersionParts(a.platformVersion ?? noVersion, b.platformVersion ?? noVersion)
  );
}

function compareVersionParts(a: FrameworkVersion, b: FrameworkVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}
