/**
 * A search entry with what a list of results shows and filters by, and no more: in large feeds every word of an id has
 * a copy.
 */
import type { SearchEntry, SearchLatest } from "../feed/search-entry.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { firstCharacters } from "./words.js";

const maxDescription = 80;
const maxAuthors = 30;
const maxTags = 4;
const maxTag = 24;
const maxFrameworks = 8;

/** The latest stable version and the latest of all, with short texts. */
export function shortEntry({ key, revision, versions, latest }: SearchEntry): SearchEntry {
  const stable = versions.findLast((version) => version.isPrerelease === undefined)?.version;
  const shown = latest.filter(({ version }, at) => version === stable || at === latest.length - 1);
  const names = new Set(shown.map(({ version }) => version));
  return {
    key,
    ...(revision !== undefined && { revision }),
    versions: versions.filter(({ version }) => names.has(version)),
    latest: shown.map(shortLatest),
  };
}

function shortLatest(latest: SearchLatest): SearchLatest {
  const { id, version, title, packageTypes, frameworks, iconUrl, deprecation, vulnerabilities } = latest;
  const description = latest.description ?? latest.summary;
  return omitUndefined({
    id,
    version,
    title: title === undefined || title === id ? undefined : firstCharacters(title, maxDescription),
    description: description && firstCharacters(description.replaceAll(/\s+/g, " "), maxDescription),
    authors: latest.authors && firstCharacters(latest.authors, maxAuthors),
    tags: latest.tags?.slice(0, maxTags).map((tag) => firstCharacters(tag, maxTag)),
    packageTypes,
    frameworks: frameworks?.slice(0, maxFrameworks),
    iconUrl: iconUrl && iconUrl.length <= 200 ? iconUrl : undefined,
    deprecation: deprecation && { reasons: deprecation.reasons },
    vulnerabilities: vulnerabilities?.slice(0, 1),
  });
}
