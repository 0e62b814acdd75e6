/**
 * `feed-state/feed.json`: the format of the state, and the settings with which the feed was last built.
 */
import { FeedError } from "../errors.js";
import type { Digest, DigestBytes } from "../feed/digest.js";
import { encodeJson } from "../feed/json.js";
import { DOCUMENT_VERSION, type FeedSettings } from "../feed/settings.js";
import { SITE_ASSETS_DIGEST } from "../feed/site-assets.generated.js";
import { CORRUPT_HINT, FEED_FILE, STATE_FORMAT } from "./layout.js";

export interface FeedFile {
  readonly format: number;
  readonly settings: FeedSettings;
}

export function encodeFeedFile(settings: FeedSettings): Uint8Array {
  return encodeJson({ format: STATE_FORMAT, settings });
}

/**
 * @throws FeedError `state-newer` when a later version of nupress wrote it, `state-corrupt` when it is not readable
 */
export function decodeFeedFile(bytes: Uint8Array): FeedFile {
  const file = parse(bytes);
  if (!hasFormat(file)) throw corrupt(undefined);
  // Looked at first: what else a later format holds is not known here.
  if (file.format > STATE_FORMAT) throw newer(file.format);
  if (!isFeedFile(file)) throw corrupt(undefined);
  return file;
}

function parse(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The format comes first, so that it can be told of a file that was cut short.
    const format = Number(/^\{\s*"format":\s*(\d+)/.exec(text)?.[1]);
    if (format > STATE_FORMAT) throw newer(format);
    throw corrupt(cause);
  }
}

function newer(format: number): FeedError {
  return new FeedError(
    "state-newer",
    `Cannot read "${FEED_FILE}": its format is ${format}, and this version knows ${STATE_FORMAT}`,
    { hint: "use the version of nupress that wrote it, or a later one" },
  );
}

function corrupt(cause: unknown): FeedError {
  return new FeedError("state-corrupt", `Cannot read "${FEED_FILE}": it is damaged`, {
    cause,
    hint: CORRUPT_HINT,
  });
}

function hasFormat(value: unknown): value is { readonly format: number } {
  return typeof value === "object" && value !== null && "format" in value && typeof value.format === "number";
}

function isFeedFile(file: { readonly format: number }): file is FeedFile {
  return "settings" in file && isSettings(file.settings);
}

function isSettings(value: unknown): value is FeedSettings {
  return (
    typeof value === "object" &&
    value !== null &&
    "baseUrl" in value &&
    typeof value.baseUrl === "string" &&
    "folderFeed" in value &&
    typeof value.folderFeed === "boolean" &&
    "staticSearch" in value &&
    typeof value.staticSearch === "number"
  );
}

/** Changes whenever the same records would give other documents of an id. */
export async function idSettingsDigest(settings: FeedSettings, digest: DigestBytes): Promise<Digest> {
  const { baseUrl, folderFeed, site } = settings;
  return await digest(encodeJson({ version: DOCUMENT_VERSION, baseUrl, folderFeed, site }));
}

/** Changes whenever the same records would give other documents of the whole feed, the style and script of pages included. */
export async function feedSettingsDigest(settings: FeedSettings, digest: DigestBytes): Promise<Digest> {
  const assets = settings.site && SITE_ASSETS_DIGEST;
  return await digest(encodeJson({ version: DOCUMENT_VERSION, settings, assets }));
}
