/**
 * The marks beside a version: what a reader should know before using it, and what kind of package it is.
 */

export interface Mark {
  /** The ending of the class `mark--{kind}`. */
  readonly kind: "prerelease" | "deprecated" | "vulnerable" | "unlisted" | "type";
  readonly text: string;
}

export interface MarkedVersion {
  readonly isPrerelease?: boolean | undefined;
  readonly isDeprecated?: boolean | undefined;
  readonly isVulnerable?: boolean | undefined;
  readonly isUnlisted?: boolean | undefined;
  readonly packageTypes?: readonly string[] | undefined;
}

/** How people call the package types that clients know (compared without case); a library needs no mark. */
const typeNames: ReadonlyMap<string, string> = new Map([
  ["dotnettool", "tool"],
  ["template", "template"],
  ["msbuildsdk", "MSBuild SDK"],
]);

/** The marks of a version, the most serious first. */
export function marksOf(version: MarkedVersion): Mark[] {
  return [
    ...(version.isVulnerable ? [{ kind: "vulnerable", text: "vulnerable" } as const] : []),
    ...(version.isDeprecated ? [{ kind: "deprecated", text: "deprecated" } as const] : []),
    ...(version.isUnlisted ? [{ kind: "unlisted", text: "unlisted" } as const] : []),
    ...(version.isPrerelease ? [{ kind: "prerelease", text: "prerelease" } as const] : []),
    ...typeMarks(version.packageTypes ?? []),
  ];
}

function typeMarks(packageTypes: readonly string[]): Mark[] {
  const names = packageTypes
    .map((type) => typeNames.get(type.toLowerCase()))
    .filter((name) => name !== undefined);
  return [...new Set(names)].map((text) => ({ kind: "type", text }));
}
