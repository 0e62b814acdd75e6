/**
 * What surrounds every page: the frame that `templates/layout.tsx` draws. It depends on the settings and on the page's
 * place, on nothing else of the feed, and not on the version of the program: a page changes only when its own data do.
 */
import { type SiteLink, type SiteSettings, siteDefaults } from "../feed/site-settings.js";
import { CUSTOM_CSS, FAVICON, FEED_ATOM, pageUrl, rootFrom } from "../feed/site-urls.js";
import { type FeedPath, feedUrl, NOT_FOUND_PAGE, SERVICE_INDEX } from "../feed/urls.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { type Direction, directionOf } from "./direction.js";
import { type SafeHtml, trustHtml } from "./safe-html.js";

/** The part of the feed's settings that pages are made with. */
export interface SiteContext {
  /** Public address of the feed's root, absolute, ending in `/`. */
  readonly baseUrl: string;
  readonly site: SiteSettings;
}

export interface Frame {
  /** The way from the page to the feed's root, as the beginning of a link: `./`, `../../`, or an absolute address. */
  readonly root: string;
  /** The public address of the page; absent where it has none of its own. */
  readonly canonical?: string;
  /** The public address of the service index: what clients take as source. */
  readonly source: string;
  readonly title: string;
  readonly description?: string;
  /** A link to the image. */
  readonly logo?: string;
  readonly links: readonly SiteLink[];
  readonly footerHtml?: SafeHtml;
  /** BCP 47. */
  readonly language: string;
  readonly direction: Direction;
  /** A link to the Atom feed of the whole feed. */
  readonly atom?: string;
  readonly favicon: string;
  /** A link to the style of the owner's own. */
  readonly customCss?: string;
  readonly isPrivate: boolean;
  /** Where packages are reported. */
  readonly reportAbuseUrl?: string;
}

/** The frame of a page. Hosts show `404.html` at any address, so its links are absolute. */
export function frameOf({ baseUrl, site: settings }: SiteContext, page: FeedPath): Frame {
  const site = siteDefaults(settings, baseUrl);
  const isNotFound = page === NOT_FOUND_PAGE;
  const root = isNotFound ? baseUrl : rootFrom(page);
  return omitUndefined({
    root,
    canonical: isNotFound ? undefined : pageUrl(baseUrl, page),
    source: feedUrl(baseUrl, SERVICE_INDEX),
    title: site.title,
    description: site.description,
    logo: site.logo && linkFrom(root, site.logo),
    links: site.links.map(({ text, url }) => ({ text, url: linkFrom(root, url) })),
    footerHtml: site.footerHtml === undefined ? undefined : trustHtml(site.footerHtml),
    language: site.language,
    direction: directionOf(site.language),
    atom: site.atom === "none" ? undefined : feedUrl(root, FEED_ATOM),
    favicon: feedUrl(root, FAVICON),
    customCss: hasCustomCss(settings) ? feedUrl(root, CUSTOM_CSS) : undefined,
    isPrivate: site.isPrivate,
    reportAbuseUrl: site.reportAbuseUrl,
  });
}

/** Whether the owner's settings make a style of their own. */
export function hasCustomCss({ css, accentColor }: Pick<SiteSettings, "css" | "accentColor">): boolean {
  return css !== undefined || accentColor !== undefined;
}

/** Owners name images and pages by address, or by path below the feed's root. */
function linkFrom(root: string, addressOrPath: string): string {
  return /^https?:/i.test(addressOrPath) ? addressOrPath : feedUrl(root, addressOrPath);
}
