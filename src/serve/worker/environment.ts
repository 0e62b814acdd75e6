/**
 * What a worker is given by its `wrangler.jsonc`: a bucket, variables, a secret. Checked once, when the first request comes.
 */
import { FeedError } from "../../errors.js";
import { parseBaseUrl } from "../../feed/base-url.js";
import { DEFAULT_STATIC_SEARCH, type FeedSettings } from "../../feed/settings.js";
import { parseSiteSettings, type SiteSettings } from "../../feed/site-settings.js";
import { OVERWRITE_POLICIES, type OverwritePolicy } from "../../publish/push/context.js";
import type { R2Bucket } from "../../store/r2/binding.js";
import type { ApiKey } from "../auth/api-key.js";
import { parseKeyFile } from "../auth/key-file.js";
import { MEBIBYTE } from "../http/mebibyte.js";
import { DELETIONS, type Deletion } from "../publishing/publishing.js";

export interface WorkerEnvironment {
  /** Holds the feed. */
  readonly BUCKET: R2Bucket;
  /** The text of a file of `nupress key create`; a secret. Without it nobody changes the feed. */
  readonly NUPRESS_KEYS?: string;
  /** Address of the feed's root. */
  readonly NUPRESS_BASE_URL?: string;
  /** `true` (default), `false`, or the settings of a web site as JSON. */
  readonly NUPRESS_SITE?: unknown;
  /** Whether only keys with scope read may read; default `false`. */
  readonly NUPRESS_PRIVATE?: string;
  readonly NUPRESS_OVERWRITE?: string;
  readonly NUPRESS_DELETION?: string;
  /** Largest push in MiB; default 95. */
  readonly NUPRESS_MAX_PACKAGE_SIZE?: string;
  readonly NUPRESS_STATIC_SEARCH?: string;
}

export interface WorkerSettings {
  readonly feed: FeedSettings;
  readonly keys: readonly ApiKey[];
  readonly isPrivate: boolean;
  readonly overwrite: OverwritePolicy;
  readonly deletion: Deletion;
  /** Bytes. */
  readonly largestBody: number;
}

/** Cloudflare takes 100 MB in one request on most plans; the rest is for what surrounds the package. */
const DEFAULT_LARGEST_MEBIBYTES = 95;

/** @throws FeedError `settings-missing`, `settings-invalid`, `keys-invalid` */
export function readEnvironment(environment: WorkerEnvironment): WorkerSettings {
  const { NUPRESS_BASE_URL, NUPRESS_SITE, NUPRESS_STATIC_SEARCH, NUPRESS_KEYS } = environment;
  const site = readSite(NUPRESS_SITE);
  const isPrivate = readSwitch("NUPRESS_PRIVATE", environment.NUPRESS_PRIVATE);
  const largest = readCount("NUPRESS_MAX_PACKAGE_SIZE", environment.NUPRESS_MAX_PACKAGE_SIZE, 1);
  return {
    feed: {
      baseUrl: readBaseUrl(NUPRESS_BASE_URL),
      folderFeed: false,
      staticSearch: readCount("NUPRESS_STATIC_SEARCH", NUPRESS_STATIC_SEARCH) ?? DEFAULT_STATIC_SEARCH,
      // Pages of a feed that only some may read tell how to say who one is.
      ...(site && { site: { ...site, ...(isPrivate && { isPrivate }) } }),
    },
    keys: isGiven(NUPRESS_KEYS) ? parseKeyFile(NUPRESS_KEYS, "the secret NUPRESS_KEYS") : [],
    isPrivate,
    overwrite: readChoice("NUPRESS_OVERWRITE", environment.NUPRESS_OVERWRITE, OVERWRITE_POLICIES) ?? "never",
    deletion: readChoice("NUPRESS_DELETION", environment.NUPRESS_DELETION, DELETIONS) ?? "unlist",
    largestBody: (largest ?? DEFAULT_LARGEST_MEBIBYTES) * MEBIBYTE,
  };
}

function readBaseUrl(text: string | undefined): string {
  if (isGiven(text)) return parseBaseUrl(text, (needed) => invalid("NUPRESS_BASE_URL", text, needed));
  throw new FeedError("settings-missing", "Cannot serve the feed: NUPRESS_BASE_URL is missing", {
    hint: 'name the address of the feed in wrangler.jsonc: "vars": { "NUPRESS_BASE_URL": "https://nuget.example.com/" }',
  });
}

/** Wrangler hands over JSON values of `vars` as they are, and everything else as text. */
function readSite(value: unknown): SiteSettings | undefined {
  if (value === undefined || value === "" || value === true || value === "true") return {};
  if (value === false || value === "false") return undefined;
  return parseSiteSettings(typeof value === "string" ? parseJson("NUPRESS_SITE", value) : value);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(name, text, 'true, false or JSON such as {"title": "Contoso packages"}');
  }
}

function readSwitch(name: string, value: unknown): boolean {
  if (value === undefined || value === "" || value === false || value === "false") return false;
  if (value === true || value === "true") return true;
  throw invalid(name, shown(value), "true or false");
}

function readCount(name: string, value: unknown, least = 0): number | undefined {
  if (value === undefined || value === "") return undefined;
  const text = shown(value);
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw invalid(name, text, least === 0 ? "a whole number" : `a whole number from ${least} on`);
  return Number(text);
}

function readChoice<T extends string>(name: string, value: unknown, choices: readonly T[]): T | undefined {
  if (value === undefined || value === "") return undefined;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw invalid(name, shown(value), choices.join(", "));
  return choice;
}

/** Variables may be any JSON. */
function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

function invalid(name: string, text: string, needed: string): FeedError {
  return new FeedError("settings-invalid", `Cannot use ${name} "${text}": needed is ${needed}`, {
    hint: "change it in wrangler.jsonc and deploy again",
  });
}
