/** Answers a question from what is loaded, as cards like those that pages are made with. */
import { isAssetPath } from "../../../src/feed/urls.js";
import { namedFramework } from "../../../src/nuget/named-framework.js";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { type SearchFilters, type SearchHit, search } from "../../../src/search/index.js";
import { clipText } from "../../../src/site/clip-text.js";
import { type PackageCard, packageCard } from "../../../src/site/package-card.js";
import { SUMMARY_LENGTH } from "../../../src/site/package-summary.js";
import type { LoadedIndex } from "./index-loader.js";
import type { Answer, Question } from "./messages.js";

const maxAuthors = 80;

export function answerQuestion({ index, isPartial }: LoadedIndex, question: Question, root: string): Answer {
  const { query, skip, take } = question;
  const { total, hits } = search(index, query, filtersOf(question), { skip, take });
  return { kind: "found", total, cards: hits.flatMap((hit) => cardOf(hit, root) ?? []), isPartial };
}

/** Frameworks that are none filter nothing: they come from the address bar. */
function filtersOf({ packageType, framework, prerelease }: Question): SearchFilters {
  const project = framework === "" ? undefined : namedFramework(framework)?.framework;
  return {
    prerelease,
    semVer2: true,
    packageTypes: packageType === "" ? [] : [packageType],
    frameworks: project === undefined ? [] : [project],
  };
}

function cardOf({ entry, latest, versions }: SearchHit, root: string): PackageCard | undefined {
  const version = parseVersion(latest.version);
  if (version === undefined) return undefined;
  const { description = latest.summary, authors, packageTypes, deprecation, vulnerabilities = [] } = latest;
  const shown = versions.find((candidate) => candidate.version === latest.version);
  const summary = {
    key: entry.key,
    id: latest.id,
    latest: {
      version: latest.version.replace(/\+.*$/, ""),
      lower: lowerVersion(version),
      ...(shown?.isPrerelease && { isPrerelease: true as const }),
      ...(shown?.published !== undefined && { published: shown.published }),
    },
    ...(description !== undefined && { description: clipText(description, SUMMARY_LENGTH) }),
    ...(authors !== undefined && { authors: clipText(authors, maxAuthors) }),
    ...(isShownIcon(latest.iconUrl) && { icon: latest.iconUrl }),
    ...(packageTypes !== undefined && { packageTypes }),
    ...(deprecation !== undefined && { isDeprecated: true as const }),
    ...(vulnerabilities.length > 0 && { isVulnerable: true as const }),
  };
  return packageCard(summary, root);
}

/** Pages load no image over plain http, and of the feed itself nothing but assets. */
function isShownIcon(link: string | undefined): link is string {
  return link !== undefined && (link.startsWith("https://") || isAssetPath(link));
}
