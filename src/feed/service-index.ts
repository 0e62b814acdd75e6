/**
 * The service index (protocol.md §2): what this feed offers, and where.
 */
import { type FeedDocument, jsonDocument } from "./document.js";
import { type FeedSettings, hasStaticSearch } from "./settings.js";
import { DETAILS_TEMPLATE } from "./site-urls.js";
import {
  FLAT_CONTAINER,
  feedUrl,
  hiveFolder,
  README_TEMPLATE,
  SEARCH_ANSWER,
  SERVICE_INDEX,
  templateUrl,
} from "./urls.js";

interface Resource {
  readonly "@id": string;
  readonly "@type": string;
  readonly comment: string;
}

/** What a dynamic part can do. */
export interface DynamicOffers {
  /** Takes pushes; default true. Without it clients say clearly that there is nowhere to push to (protocol.md §2.3). */
  readonly publishing?: boolean;
}

/** One entry per type: several clients take the first of a type, and fail on lists of types (protocol.md §2.1). */
export function renderServiceIndex(settings: FeedSettings, offers: DynamicOffers = {}): FeedDocument {
  const resources = [
    resource(feedUrl(settings.baseUrl, FLAT_CONTAINER), "Package content", ["PackageBaseAddress/3.0.0"]),
    ...registrations(settings),
    ...search(settings),
    ...(offers.publishing === false ? [] : publishing(settings)),
    resource(templateUrl(settings.baseUrl, README_TEMPLATE), "Readme of a package version", [
      "ReadmeUriTemplate/6.13.0",
    ]),
    ...site(settings),
  ].flat();
  return jsonDocument(SERVICE_INDEX, 5, { version: "3.0.0", resources });
}

function resource(url: string, comment: string, types: readonly string[]): Resource[] {
  return types.map((type) => ({ "@id": url, "@type": type, comment }));
}

/** The hive with SemVer 2 comes first: one client takes the first registrations entry whatever its type. */
function registrations({ baseUrl }: FeedSettings): Resource[][] {
  return [
    resource(feedUrl(baseUrl, hiveFolder("registration")), "Package metadata", [
      "RegistrationsBaseUrl/3.6.0",
    ]),
    resource(
      feedUrl(baseUrl, hiveFolder("registration-semver1")),
      "Package metadata without SemVer 2 packages",
      [
        "RegistrationsBaseUrl/3.4.0",
        "RegistrationsBaseUrl/3.0.0-rc",
        "RegistrationsBaseUrl/3.0.0-beta",
        "RegistrationsBaseUrl",
      ],
    ),
  ];
}

/** Clients look for different ones of these (protocol.md §2.2, §5.1, §12.4). */
const searchVersions = ["", "/3.0.0-beta", "/3.0.0-rc", "/3.5.0"];

function search(settings: FeedSettings): Resource[][] {
  const { baseUrl, dynamicUrl } = settings;
  const queryTypes = searchVersions.map((version) => `SearchQueryService${version}`);
  const autocompleteTypes = searchVersions.map((version) => `SearchAutocompleteService${version}`);
  if (dynamicUrl !== undefined) {
    return [
      resource(`${dynamicUrl}v3/search/query`, "Search", queryTypes),
      resource(`${dynamicUrl}v3/search/autocomplete`, "Completion of ids and versions", autocompleteTypes),
    ];
  }
  if (!hasStaticSearch(settings)) return [];
  return [resource(feedUrl(baseUrl, SEARCH_ANSWER), "The most recently published packages", queryTypes)];
}

/**
 * Clients show a details address only when it is one of https (protocol.md §9.3). A mail address is for the pages alone: some
 * clients take every resource for a web address (protocol.md §2.1).
 */
function site({ baseUrl, site: settings }: FeedSettings): Resource[][] {
  if (settings === undefined) return [];
  const { reportAbuseUrl } = settings;
  return [
    baseUrl.startsWith("https:")
      ? resource(templateUrl(baseUrl, DETAILS_TEMPLATE), "Web page of a package version", [
          "PackageDetailsUriTemplate/5.1.0",
        ])
      : [],
    reportAbuseUrl === undefined || !/^https?:/i.test(reportAbuseUrl)
      ? []
      : resource(reportAbuseUrl, "Where to report a package", [
          "ReportAbuseUriTemplate/3.0.0-beta",
          "ReportAbuseUriTemplate/3.0.0-rc",
          "ReportAbuseUriTemplate/3.0.0",
        ]),
  ];
}

function publishing({ dynamicUrl }: FeedSettings): Resource[][] {
  if (dynamicUrl === undefined) return [];
  return [resource(`${dynamicUrl}v3/publish`, "Push, unlist and relist", ["PackagePublish/2.0.0"])];
}
