/**
 * The service index: what the feed offers (protocol.md §2).
 */
import type { Inspection } from "./inspection.js";
import { listOf, textOf } from "./json.js";

const path = "v3/index.json";

/** What the walk needs of the index; paths are below the feed's root. */
export interface ServiceIndex {
  /** Folder of the flat container. */
  readonly flat: string;
  readonly hives: readonly HiveBase[];
  /** Path of the static search answer, when there is one. */
  readonly searchAnswer?: string;
}

export interface HiveBase {
  /** Folder of the hive. */
  readonly folder: string;
  readonly includesSemVer2: boolean;
}

const required = [
  "PackageBaseAddress/3.0.0",
  "RegistrationsBaseUrl/3.6.0",
  "RegistrationsBaseUrl/3.4.0",
  "RegistrationsBaseUrl/3.0.0-rc",
  "RegistrationsBaseUrl/3.0.0-beta",
  "RegistrationsBaseUrl",
  "ReadmeUriTemplate/6.13.0",
];

/** Whose address is a folder. */
const isFolderType = (type: string) => /^(?:PackageBaseAddress|RegistrationsBaseUrl)(?:\/|$)/.test(type);

/** @returns `undefined`, with findings, when nobody can find their way from here */
export async function readServiceIndex(feed: Inspection): Promise<ServiceIndex | undefined> {
  const document = await feed.readJson(path);
  feed.reach(path);
  feed.expect(textOf(document, "version") === "3.0.0", path, "has another version than 3.0.0");
  const resources = listOf(document, "resources").map((resource) => ({
    type: textOf(resource, "@type"),
    url: textOf(resource, "@id"),
  }));
  const types = resources.map(({ type }) => type);
  const urls = new Map(resources.map(({ type, url }) => [type, url]));
  for (const type of required) feed.expect(urls.has(type), path, `has no resource ${type}`);
  feed.expect(new Set(types).size === types.length, path, "names a type twice");
  const firstHive = types.find((type) => type.startsWith("RegistrationsBaseUrl"));
  feed.expect(firstHive === required[1], path, `names ${firstHive ?? "nothing"} before ${required[1] ?? ""}`);
  for (const { type, url } of resources) checkAddress(feed, type, url);

  if (!required.slice(0, 3).every((type) => urls.has(type))) return undefined;
  const folder = (type: string) => feed.pathOf(urls.get(type) ?? "") ?? "";
  const search = feed.pathOf(urls.get("SearchQueryService") ?? "");
  return {
    flat: folder("PackageBaseAddress/3.0.0"),
    hives: [
      { folder: folder("RegistrationsBaseUrl/3.6.0"), includesSemVer2: true },
      { folder: folder("RegistrationsBaseUrl/3.4.0"), includesSemVer2: false },
    ],
    ...(search?.endsWith(".json") === true && { searchAnswer: search }),
  };
}

function checkAddress(feed: Inspection, type: string, url: string): void {
  feed.expect(URL.canParse(url) && /^https?:/.test(url), path, `has no absolute address for "${type}"`);
  // People open it in browsers; clients put other addresses together and would lose a query.
  const mayHaveQuery = type.startsWith("PackageDetailsUriTemplate");
  feed.expect(mayHaveQuery || !url.includes("?"), path, `has a query in the address of ${type}`);
  feed.expect(!/%7b|%7d/i.test(url), path, `encodes the braces of ${type}`);
  const isRight = url.endsWith("/") === isFolderType(type);
  feed.expect(
    isRight,
    path,
    `ends the address of ${type} ${isFolderType(type) ? "without" : "with"} a slash`,
  );
}
