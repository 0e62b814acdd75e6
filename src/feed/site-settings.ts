/**
 * What the owner of a feed says about its web site: checked once, where the settings file is read.
 */
import { FeedError } from "../errors.js";
import { nearestName } from "../nearest.js";
import { isObject } from "./parsed-json.js";

/** A link of the owner's, in the header of every page. */
export interface SiteLink {
  readonly text: string;
  /** An absolute web address, or a path below the feed's root. */
  readonly url: string;
}

/** Which Atom feeds are written: the one of the whole feed and one per package id, only the first, or none. */
export type AtomFeeds = "all" | "feed" | "none";

/** What the owner said; the rest is {@link siteDefaults}. */
export interface SiteSettings {
  readonly title?: string;
  /** Plain text: what this feed is for. */
  readonly description?: string;
  /** An absolute https address, or a path below the feed's root. */
  readonly logo?: string;
  /** `#rrggbb`. */
  readonly accentColor?: string;
  readonly links?: readonly SiteLink[];
  /** CSS text that comes after the site's own. */
  readonly css?: string;
  /** HTML of the owner's own, at the end of every page. Scripts in it do not run: the pages' policy forbids them. */
  readonly footerHtml?: string;
  /** BCP 47; the language of title, description and footer. */
  readonly language?: string;
  /** Readers need credentials: the pages show how to give them, and ask search engines to stay away. */
  readonly isPrivate?: boolean;
  /** An absolute web or mail address, without placeholders: one client does not fill them (protocol.md §9.3). */
  readonly reportAbuseUrl?: string;
  readonly atom?: AtomFeeds;
  readonly badges?: boolean;
}

type Defaults = Required<
  Pick<SiteSettings, "accentColor" | "links" | "language" | "isPrivate" | "atom" | "badges">
>;

/** The settings with every default filled in. */
export type Site = Omit<SiteSettings, keyof Defaults | "title"> & Defaults & { readonly title: string };

export const DEFAULT_ACCENT_COLOR = "#2547c7";

const defaults: Defaults = {
  accentColor: DEFAULT_ACCENT_COLOR,
  links: [],
  language: "en",
  isPrivate: false,
  atom: "all",
  badges: false,
};

/** A feed without a title goes by the host of its address, which is what people know it by. */
export function siteDefaults(settings: SiteSettings, baseUrl: string): Site {
  return { title: new URL(baseUrl).host, ...defaults, ...settings };
}

/** Tells what is needed instead, or nothing where the value will do. */
type Check = (value: unknown) => string | undefined;

const checks: { readonly [K in keyof Required<SiteSettings>]: Check } = {
  title: text,
  description: text,
  logo: where(isLogo, "an absolute https address or a path below the feed's root"),
  accentColor: where((value) => /^#[0-9a-f]{6}$/i.test(value), "a colour such as #2547c7"),
  links: checkLinks,
  css: text,
  footerHtml: text,
  language: where(isLanguage, "a language tag such as en or pt-BR"),
  isPrivate: flag,
  reportAbuseUrl: where(
    (value) => URL.canParse(value) && /^(?:https?|mailto):[^{}]+$/i.test(value),
    "an absolute web or mail address without placeholders",
  ),
  atom: where((value) => ["all", "feed", "none"].includes(value), '"all", "feed" or "none"'),
  badges: flag,
};

/**
 * Checks settings as they stand in a settings file.
 *
 * @throws FeedError `settings-invalid` for the first value that is not what its key needs, `settings-unknown` for a key
 * that means nothing
 */
export function parseSiteSettings(value: unknown): SiteSettings {
  if (!isSiteSettings(value)) throw invalid("site settings", value, "an object");
  return value;
}

/** Narrows by the checks, each of which throws what {@link parseSiteSettings} tells. */
function isSiteSettings(value: unknown): value is SiteSettings {
  if (!isObject(value)) return false;
  for (const [key, content] of Object.entries(value)) {
    if (!isSiteKey(key)) throw unknownKey(key);
    const needed = checks[key](content);
    if (needed !== undefined) throw invalid(`"site.${key}"`, content, needed);
  }
  return true;
}

function isSiteKey(key: string): key is keyof SiteSettings {
  return Object.hasOwn(checks, key);
}

function invalid(place: string, value: unknown, needed: string): FeedError {
  return new FeedError(
    "settings-invalid",
    `Cannot use ${place} ${JSON.stringify(value)}: needed is ${needed}`,
  );
}

function unknownKey(key: string): FeedError {
  const nearest = nearestName(key, Object.keys(checks));
  const hint =
    nearest === undefined ? `known are ${Object.keys(checks).join(", ")}` : `did you mean "${nearest}"?`;
  return new FeedError("settings-unknown", `Cannot use site settings: "${key}" is not one of them`, { hint });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? undefined : "text that is not empty";
}

function flag(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "true or false";
}

function where(isGood: (value: string) => boolean, needed: string): Check {
  return (value) => (typeof value === "string" && isGood(value) ? undefined : needed);
}

const linksNeeded = 'a list such as [{"text": "Guide", "url": "https://example.com/guide"}]';

function checkLinks(value: unknown): string | undefined {
  return Array.isArray(value) && value.every(isLink) ? undefined : linksNeeded;
}

function isLink(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).some((key) => key !== "text" && key !== "url")) return false;
  const { text: label, url } = value;
  return text(label) === undefined && typeof url === "string" && (isWebAddress(url) || isRelativePath(url));
}

/** Images over plain http never show: the pages' policy forbids them. */
function isLogo(value: string): boolean {
  return /^https:\/\//i.test(value) ? isWebAddress(value) : isRelativePath(value);
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s]/i.test(value) && URL.canParse(value);
}

/** Stays below the feed's root, and is no address with a scheme. */
function isRelativePath(value: string): boolean {
  return (
    /^[^\s/\\:?#]+(?:\/[^\s/\\:?#]+)*\/?$/.test(value) && !value.split("/").some((part) => /^\.+$/.test(part))
  );
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
