/**
 * Finds out with which settings a feed was made when its own note of them is lost: they are guessed from what was
 * written, and the digest in the state's index tells whether the guess is right.
 */
import type { DigestBytes } from "../feed/digest.js";
import { listOf, parseJson, textOf } from "../feed/parsed-json.js";
import { DEFAULT_STATIC_SEARCH, type FeedSettings } from "../feed/settings.js";
import { FLAT_CONTAINER, SERVICE_INDEX } from "../feed/urls.js";
import { feedSettingsDigest } from "../state/feed-file.js";
import type { StateIndex } from "../state/state-index.js";
import type { FeedReader } from "./feed-reader.js";
import { reading } from "./read.js";

/** Numbers of ids in static answers that are tried; the default comes first. */
const MOST_STATIC_SEARCH = 100;

/** @returns `undefined` when no guess is right */
export async function recoverSettings(
  reader: FeedReader,
  index: Pick<StateIndex, "settings">,
  digest: DigestBytes,
): Promise<FeedSettings | undefined> {
  if (index.settings === undefined) return undefined;
  for (const settings of guesses(await readResources(reader))) {
    if ((await feedSettingsDigest(settings, digest)) === index.settings) return settings;
  }
  return undefined;
}

/** Addresses by resource type. */
type Resources = ReadonlyMap<string, string>;

async function readResources(reader: FeedReader): Promise<Resources> {
  const found = await reading(SERVICE_INDEX, undefined, () => reader.read(SERVICE_INDEX));
  const document = found.kind === "found" ? parseJson(found.object)?.value : undefined;
  const resources = listOf(document, "resources");
  return new Map(resources?.map((resource) => [textOf(resource, "@type"), textOf(resource, "@id")]));
}

function* guesses(resources: Resources): Generator<FeedSettings> {
  const baseUrl = baseOf(resources.get("PackageBaseAddress/3.0.0"), FLAT_CONTAINER);
  if (baseUrl === undefined) return;
  const dynamicUrl = baseOf(resources.get("PackagePublish/2.0.0"), "v3/publish");
  const dynamic = dynamicUrl !== undefined && { dynamicUrl };
  const counts = Array.from({ length: MOST_STATIC_SEARCH + 1 }, (_, count) => count);
  for (const staticSearch of [DEFAULT_STATIC_SEARCH, ...counts]) {
    for (const folderFeed of [false, true]) {
      const settings = { baseUrl, ...dynamic, folderFeed, staticSearch };
      yield settings;
      // What an owner may have said of the site is past guessing.
      yield { ...settings, site: {} };
    }
  }
}

function baseOf(url: string | undefined, path: string): string | undefined {
  return url?.endsWith(`/${path}`) === true ? url.slice(0, -path.length) : undefined;
}
