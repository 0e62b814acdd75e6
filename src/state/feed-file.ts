/**
 * `feed-state/feed.json`: the format of the state, and the settings with which the feed was last built.
 */
import { FeedError } from "../errors.js";
import type { Digest, DigestBytes } from "../feed/digest.js";
import { encodeJson } from "../feed/json.js";
import { DOCUMENT_VERSION, type FeedSettings } from "../feed/settings.js";
import { FEED_FILE, STATE_FORMAT } from "./layout.js";

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
  if (file.format > STATE_FORMAT) {
    throw new FeedError(
      "state-newer",
      `Cannot read "${FEED_FILE}": its format is ${file.format}, and this version knows ${STATE_FORMAT}`,
      { hint: "use the version of nupress that wrote it, or a later one" },
    );
  }
  return file;
}

function parse(bytes: Uint8Array): FeedFile {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isFeedFile(value)) return value;
  } catch (cause) {
    throw corrupt(cause);
  }
  throw corrupt(undefined);
}

function corrupt(cause: unknown): FeedError {
  return new FeedError("state-corrupt", `Cannot read "${FEED_FILE}": it is damaged`, {
    cause,
    hint: "restore feed-state from a backup, or delete the output folder and build again",
  });
}

function isFeedFile(value: unknown): value is FeedFile {
  if (typeof value !== "object" || value === null || !("format" in value) || !("settings" in value))
    return false;
  const { format, settings } = value;
  return (
    typeof format === "number" &&
    typeof settings === "object" &&
    settings !== null &&
    "baseUrl" in settings &&
    typeof settings.baseUrl === "string"
  );
}

/** Changes whenever the same records would give other documents of an id. */
export async function idSettingsDigest(settings: FeedSettings, digest: DigestBytes): Promise<Digest> {
  const { baseUrl, folderFeed } = settings;
  return await digest(encodeJson({ version: DOCUMENT_VERSION, baseUrl, folderFeed }));
}

/** Changes whenever the same records would give other documents of the whole feed. */
export async function feedSettingsDigest(settings: FeedSettings, digest: DigestBytes): Promise<Digest> {
  return await digest(encodeJson({ version: DOCUMENT_VERSION, settings }));
}
