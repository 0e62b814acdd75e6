/**
 * The frame around every page: head, header, main, footer.
 */
import { raw } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";
import type { Frame } from "../src/site/frame.js";
import { CONTENT_SECURITY_POLICY } from "./policy.js";
import { SearchForm } from "./search-form.js";
import { ThemeSwitch } from "./theme-switch.js";

export interface LayoutProps {
  readonly frame: Frame;
  /** The page's own title; the site's title goes behind it. Absent on the home page. */
  readonly title?: string;
  /** One or two sentences for search engines and previews. */
  readonly description?: string;
  /** Tells the script which page this is: `data-page` of the main element. */
  readonly page: string;
  /** A link to the picture of previews; by default the logo. */
  readonly image?: string;
  /** More elements for the head. */
  readonly head?: Child;
  /** Pages that have the search form in their middle leave it out of the header. */
  readonly hasOwnSearch?: boolean;
}

export function Layout(props: PropsWithChildren<LayoutProps>) {
  const { frame, page, hasOwnSearch = false, children } = props;
  return (
    <html lang={frame.language} dir={frame.direction} data-root={frame.root}>
      <Head {...props} />
      <body>
        <a class="skip-link" href="#main">
          Skip to content
        </a>
        <Header frame={frame} hasSearch={!hasOwnSearch} />
        <main id="main" class={`page page--${page}`} data-page={page} tabindex={-1}>
          {children}
        </main>
        <Footer frame={frame} />
      </body>
    </html>
  );
}

/** The policy stands before everything that it is to hold for. */
function Head({ frame, title, description, image = frame.logo, head }: LayoutProps) {
  const fullTitle = title === undefined ? frame.title : `${title} · ${frame.title}`;
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={CONTENT_SECURITY_POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{fullTitle}</title>
      {description !== undefined && <meta name="description" content={description} />}
      <meta name="generator" content="nupress" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="strict-origin-when-cross-origin" />
      {frame.isPrivate && <meta name="robots" content="noindex" />}
      <script src={`${frame.root}site/theme.js`}></script>
      <link rel="stylesheet" href={`${frame.root}site/site.css`} />
      {frame.customCss !== undefined && <link rel="stylesheet" href={frame.customCss} />}
      <link rel="icon" type="image/svg+xml" href={frame.favicon} />
      {frame.canonical !== undefined && <link rel="canonical" href={frame.canonical} />}
      {frame.atom !== undefined && (
        <link rel="alternate" type="application/atom+xml" href={frame.atom} title={frame.title} />
      )}
      <Preview frame={frame} title={title} description={description} image={image} />
      {head}
      <script src={`${frame.root}site/site.js`} defer></script>
    </head>
  );
}

interface PreviewProps {
  readonly frame: Frame;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly image: string | undefined;
}

/** What other sites show of a link to the page (Open Graph). They take absolute addresses only. */
function Preview({ frame, title, description, image }: PreviewProps) {
  const picture = image !== undefined && absoluteUrl(image, frame);
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={frame.title} />
      <meta property="og:title" content={title ?? frame.title} />
      {description !== undefined && <meta property="og:description" content={description} />}
      {frame.canonical !== undefined && <meta property="og:url" content={frame.canonical} />}
      {picture && <meta property="og:image" content={picture} />}
    </>
  );
}

function absoluteUrl(link: string, { canonical }: Frame): string | undefined {
  return URL.canParse(link, canonical) ? new URL(link, canonical).href : undefined;
}

function Header({ frame, hasSearch }: { readonly frame: Frame; readonly hasSearch: boolean }) {
  return (
    <header class="site-header">
      <div class="site-header__inner">
        <Brand frame={frame} />
        {hasSearch && <SearchForm root={frame.root} />}
        <nav class="site-nav" aria-label="Site">
          <ul>
            <li>
              <a href={`${frame.root}packages/`}>Packages</a>
            </li>
            {frame.links.map(({ text, url }) => (
              <li>
                <a href={url} dir="auto">
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function Brand({ frame }: { readonly frame: Frame }) {
  return (
    <a class="brand" href={frame.root}>
      <img class="brand__logo" src={frame.logo ?? frame.favicon} alt="" width="32" height="32" />
      <span class="brand__title" dir="auto">
        {frame.title}
      </span>
    </a>
  );
}

function Footer({ frame }: { readonly frame: Frame }) {
  return (
    <footer class="site-footer">
      <div class="site-footer__inner">
        {frame.footerHtml !== undefined && (
          <div class="site-footer__own" dir="auto">
            {raw(frame.footerHtml)}
          </div>
        )}
        <ul class="site-footer__links">
          <li>
            <a href={frame.source}>Service index</a>
          </li>
          {frame.atom !== undefined && (
            <li>
              <a href={frame.atom}>Atom feed</a>
            </li>
          )}
          {frame.reportAbuseUrl !== undefined && (
            <li>
              <a href={frame.reportAbuseUrl}>Report a package</a>
            </li>
          )}
          <li>A NuGet feed made with nupress</li>
        </ul>
      </div>
    </footer>
  );
}
