/**
 * Answers of the search resource (protocol.md §5.2), and the static one that a feed without a server gives to every
 * question (§5.5).
 */
import { type LowerVersion, lowerVersion, parseVersion } from "../nuget/version.js";
import { type FeedDocument, jsonDocument } from "./document.js";
import type { SearchEntry, SearchLatest, SearchVersion } from "./search-entry.js";
import { feedUrl, type HiveFolder, leafPath, registrationIndexPath, SEARCH_ANSWER } from "./urls.js";

/**
 * The static answer: `totalHits` is the number of items, because some clients ask on until they have them all. An
 * id's version is its highest listed stable one, else its highest prerelease.
 *
 * @param entries in their order; those without a listed version are left out
 */
export function renderSearchAnswer(entries: readonly SearchEntry[], baseUrl: string): FeedDocument {
  const data = entries.flatMap((entry) => {
    const latest = shownVersion(entry);
    return latest === undefined ? [] : [searchItem(entry, latest, entry.versions, baseUrl)];
  });
  return jsonDocument(SEARCH_ANSWER, 4, { totalHits: data.length, data });
}

function shownVersion({ latest, versions }: SearchEntry): SearchLatest | undefined {
  const stable = versions.findLast((version) => version.isPrerelease === undefined);
  return latest.find(({ version }) => version === stable?.version) ?? latest.at(-1);
}

/**
 * One item of an answer: the texts of `latest`, and the versions that the question's filters let through.
 *
 * @param hive whose registrations the item leads to: the one with the versions that were asked for
 */
export function searchItem(
  { key }: SearchEntry,
  latest: SearchLatest,
  versions: readonly SearchVersion[],
  baseUrl: string,
  hive: HiveFolder = "registration",
): object {
  const registration = feedUrl(baseUrl, registrationIndexPath(hive, key));
  return {
    "@id": registration,
    "@type": "Package",
    registration,
    id: latest.id,
    version: latest.version,
    description: latest.description ?? "",
    summary: latest.summary ?? "",
    title: latest.title ?? latest.id,
    iconUrl: resolveUrl(latest.iconUrl, baseUrl),
    licenseUrl: resolveUrl(latest.licenseUrl, baseUrl),
    projectUrl: latest.projectUrl,
    tags: latest.tags ?? [],
    authors: latest.authors === undefined ? [] : [latest.authors],
    owners: latest.owners,
    totalDownloads: 0,
    verified: latest.verified ?? false,
    packageTypes: (latest.packageTypes ?? ["Dependency"]).map((name) => ({ name })),
    versions: versions.map(({ version }) => ({
      version,
      downloads: 0,
      "@id": feedUrl(baseUrl, leafPath(key, lowerOf(version))),
    })),
    deprecation: latest.deprecation,
    vulnerabilities: latest.vulnerabilities ?? [],
  };
}

const maxRemembered = 10_000;
const remembered = new Map<string, LowerVersion>();

/** Parsed once per text: packages have the same few versions, and a page of answers names hundreds. */
function lowerOf(text: string): LowerVersion {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`search entry holds no version: "${text}"`);
  if (remembered.size >= maxRemembered) remembered.clear();
  const lower = lowerVersion(version);
  remembered.set(text, lower);
  return lower;
}

/** Entries hold addresses, and paths below the feed's root. */
function resolveUrl(link: string | undefined, baseUrl: string): string | undefined {
  if (link === undefined || /^https?:/i.test(link)) return link;
  return feedUrl(baseUrl, link);
}
