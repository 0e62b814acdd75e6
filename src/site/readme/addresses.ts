/**
 * Where links and images of a readme lead: only to the web, and relative ones to the package's repository.
 */
import type { RepositoryHost } from "./repository.js";

/** What everything relative is resolved against before the repository's host is put in its place. */
const root = "https://repository.invalid/";

/** Ids of headings in a readme begin so, and cannot clash with the page's own. */
export const anchorPrefix = "readme-";

/**
 * The address of a link.
 *
 * @returns `undefined` for what leads nowhere (a relative path without a repository) or is no link to follow (a script)
 */
export function linkAddress(href: string, repository: RepositoryHost | undefined): string | undefined {
  if (href.startsWith("#")) return href.length > 1 ? `#${anchorPrefix}${href.slice(1)}` : undefined;
  return resolve(href, repository?.shown, ["https:", "http:", "mailto:"]);
}

/** The address of an image; pictures inside the address itself (`data:`) are allowed where they are no SVG. */
export function imageAddress(src: string, repository: RepositoryHost | undefined): string | undefined {
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=%]+$/i.test(src)) return src;
  const address = resolve(src, repository?.raw, ["https:", "http:"]);
  // The pages' policy lets images come by https only.
  const secure = address?.replace(/^http:/, "https:");
  return secure?.replace(/^(https:\/\/github\.com\/[^/]+\/[^/]+)\/blob\//, "$1/raw/");
}

function resolve(
  text: string,
  template: string | undefined,
  protocols: readonly string[],
): string | undefined {
  if (!URL.canParse(text, root)) return undefined;
  const url = new URL(text, root);
  if (!protocols.includes(url.protocol)) return undefined;
  if (!url.href.startsWith(root)) return url.href;
  const path = url.pathname.slice(1);
  if (template === undefined || path === "") return undefined;
  return template.replace("{path}", () => path) + (template.includes("?") ? "" : url.hash);
}
