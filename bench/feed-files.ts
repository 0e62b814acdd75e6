/**
 * Which files a feed consists of: told by their paths (src/feed/urls.ts), and counted.
 */

export type FileKind =
  | "package"
  | "nuspec"
  | "readme"
  | "leaf"
  | "version list"
  | "registration index"
  | "registration page"
  | "asset"
  | "search"
  | "state"
  | "other";

export type FileCounts = Readonly<Partial<Record<FileKind, number>>>;

const kinds: readonly (readonly [FileKind, RegExp])[] = [
  ["state", /^feed-state\//],
  ["package", /^v3\/flat\/[^/]+\/[^/]+\/[^/]+\.nupkg$/],
  ["nuspec", /^v3\/flat\/[^/]+\/[^/]+\/[^/]+\.nuspec$/],
  ["readme", /^v3\/flat\/[^/]+\/[^/]+\/readme$/],
  ["version list", /^v3\/flat\/[^/]+\/index\.json$/],
  ["registration page", /^v3\/registration[^/]*\/[^/]+\/page\//],
  ["registration index", /^v3\/registration[^/]*\/[^/]+\/index\.json$/],
  ["leaf", /^v3\/registration\/[^/]+\/[^/]+\.json$/],
  ["asset", /^v3\/assets\//],
  ["search", /^v3\/search\//],
];

export function kindOf(feedPath: string): FileKind {
  return kinds.find(([, pattern]) => pattern.test(feedPath))?.[0] ?? "other";
}

/** Kinds without a file are left out. */
export function countFiles(paths: Iterable<string>): FileCounts {
  const counts: Partial<Record<FileKind, number>> = {};
  for (const path of paths) {
    const kind = kindOf(path);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export function countOf(counts: FileCounts, ...kinds: readonly FileKind[]): number {
  return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}

/** Files of the feed, state not counted. */
export function feedFiles({ state: _, ...counts }: FileCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Those that every version or id has; readmes, pages and assets come on top where there are any. */
export interface FilesPer {
  readonly version: number;
  readonly id: number;
}

/** Every version has one package, every id one version list. */
export function filesPer(counts: FileCounts): FilesPer {
  const versions = countOf(counts, "package");
  const ids = countOf(counts, "version list");
  return {
    version: countOf(counts, "package", "nuspec", "leaf") / versions,
    id: countOf(counts, "version list", "registration index") / ids,
  };
}

/** `v3/flat/{id}/{version}/{id}.{version}.nupkg` → `{id}.{version}`; `undefined` for other files. */
export function packageName(feedPath: string): string | undefined {
  return kindOf(feedPath) === "package" ? /([^/]+)\.nupkg$/.exec(feedPath)?.[1] : undefined;
}
