/**
 * What a reader should know before using a version, most serious first.
 */

import { webUrl } from "../../feed/links.js";
import { packageHref } from "../../feed/site-urls.js";
import { lowerId, parsePackageId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import { longText } from "./long-text.js";
import { rangeWords } from "./range-words.js";
import type { VersionDetails } from "./version-details.js";
import { isPrereleaseText, normalizedText } from "./version-text.js";

export interface Notice {
  readonly kind: "vulnerable" | "deprecated" | "unlisted" | "newer" | "prerelease";
  readonly title: string;
  /** Good to know, and no reason to stop. */
  readonly isQuiet?: true;
  /** Words of the publisher. */
  readonly message?: string;
  readonly links: readonly NoticeLink[];
}

export interface NoticeLink {
  /** What stands before the link. */
  readonly lead?: string;
  readonly text: string;
  readonly href: string;
  /** What stands behind the link. */
  readonly rest?: string;
}

/** A version that readers may better use. */
export interface NewerVersion {
  readonly version: string;
  readonly lower: LowerVersion;
}

/** @param root the way from the page to the feed's root */
export function noticesOf(
  details: VersionDetails,
  newer: NewerVersion | undefined,
  root: string,
): readonly Notice[] {
  return [
    ...vulnerable(details.vulnerabilities ?? []),
    ...deprecated(details.deprecation, root),
    ...(details.isUnlisted ? [unlisted] : []),
    ...(newer === undefined ? [] : [newerNotice(newer, !isPrereleaseText(details.version))]),
    ...(isPrereleaseText(details.version) ? [prerelease] : []),
  ];
}

const unlisted: Notice = {
  kind: "unlisted",
  title: "This version is unlisted: search does not find it, and projects that name it still restore.",
  links: [],
};

const prerelease: Notice = {
  kind: "prerelease",
  title: "This is a prerelease: it may change before its release.",
  links: [],
};

/** A prerelease is for those only who look for one. */
function newerNotice({ version, lower }: NewerVersion, isStable: boolean): Notice {
  const isPrerelease = isPrereleaseText(version);
  return {
    kind: "newer",
    title: isPrerelease ? "Newer prerelease:" : "There is a newer version:",
    links: [{ text: normalizedText(version), href: `#${lower}` }],
    ...(isPrerelease && isStable && { isQuiet: true as const }),
  };
}

const severities = ["low", "moderate", "high", "critical"];

function vulnerable(vulnerabilities: NonNullable<VersionDetails["vulnerabilities"]>): Notice[] {
  if (vulnerabilities.length === 0) return [];
  const worst = severities[Math.max(...vulnerabilities.map(({ severity }) => severity))] ?? "known";
  const links = vulnerabilities.flatMap(({ advisoryUrl, severity }) => {
    const href = webUrl(advisoryUrl);
    return href === undefined ? [] : [{ text: href, href, rest: `(${severities[severity] ?? "known"})` }];
  });
  const what = vulnerabilities.length === 1 ? "a vulnerability" : `${vulnerabilities.length} vulnerabilities`;
  return [{ kind: "vulnerable", title: `This version has ${what} of ${worst} severity.`, links }];
}

const reasonTexts: ReadonlyMap<string, string> = new Map([
  ["legacy", "it is no longer maintained"],
  ["criticalbugs", "it has critical bugs"],
]);

function deprecated(deprecation: VersionDetails["deprecation"], root: string): Notice[] {
  if (deprecation === undefined) return [];
  const reasons = deprecation.reasons
    .slice(0, 5)
    .map((reason) => reasonTexts.get(reason.toLowerCase()))
    .filter((reason) => reason !== undefined);
  const why = reasons.length === 0 ? "" : `: ${reasons.join(", and ")}`;
  const message = longText(deprecation.message, 2000)?.text;
  return [
    {
      kind: "deprecated",
      title: `This version is deprecated${why}.`,
      ...(message !== undefined && { message }),
      links: alternate(deprecation.alternatePackage, root),
    },
  ];
}

function alternate(
  target: NonNullable<VersionDetails["deprecation"]>["alternatePackage"],
  root: string,
): NoticeLink[] {
  const id = parsePackageId(target?.id ?? "");
  if (id === undefined) return [];
  const words = target?.range === undefined || target.range === "*" ? undefined : rangeWords(target.range);
  const rest = words === undefined || words === "any version" ? {} : { rest: words };
  return [{ lead: "Use instead:", text: id, href: packageHref(root, lowerId(id)), ...rest }];
}
