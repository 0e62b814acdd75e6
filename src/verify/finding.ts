/**
 * What verification finds, as a union on `kind`.
 */
import type { ContentKind } from "../feed/content.js";
import type { LowerId } from "../nuget/id.js";

/**
 * One thing that is wrong. `path` is below the feed's root, `id` the package id that it concerns where there is one;
 * `reason` ends the sentence "the file …": `counts 3 leaves and holds 2`. What a kind means, and what to do about it,
 * tells `findingHelp`.
 */
export type Finding =
  | About<"state-missing">
  | About<"state-damaged", WithReason>
  | About<"state-outdated", WithReason>
  | About<"unfinished", WithReason>
  | About<"output-misrecorded", WithReason>
  | About<"output-obsolete">
  | About<"document-missing">
  | About<"document-damaged", WithReason>
  | About<"document-differs">
  | About<"link-broken", { readonly target: string }>
  | About<"service-index-wrong", WithReason>
  | About<"version-list-wrong", WithReason>
  | About<"registration-wrong", WithReason>
  | About<"search-wrong", WithReason>
  | About<"package-missing">
  | About<"package-differs", WithReason>
  | About<"content-missing", { readonly content: ContentKind }>
  | About<"content-differs", { readonly content: ContentKind }>
  | About<"file-foreign">
  | About<"file-extra">
  | About<"file-unreadable", WithReason>;

interface WithReason {
  readonly reason: string;
}

type About<Kind extends string, More = unknown> = More & {
  readonly kind: Kind;
  readonly path: string;
  readonly id?: LowerId;
};

export type FindingKind = Finding["kind"];

/** What is wrong with the file at the path, as a clause: `is not there`. */
export function findingReason(finding: Finding): string {
  if ("reason" in finding) return finding.reason;
  if ("target" in finding) return `points to "${finding.target}", which is not there`;
  return reasons[finding.kind];
}

type PlainKind = Exclude<Finding, WithReason | { readonly target: string }>["kind"];

const reasons: Readonly<Record<PlainKind, string>> = {
  "state-missing": "is not there",
  "output-obsolete": "waits for its deletion",
  "document-missing": "is not there",
  "document-differs": "is not what the records give",
  "package-missing": "is not there",
  "content-missing": "is not there",
  "content-differs": "is not what its package has inside",
  "file-foreign": "is in the way of a file of the feed",
  "file-extra": "belongs to nothing in the feed",
};
