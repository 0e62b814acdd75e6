/**
 * Links and images of a readme, by where they may lead. What leads nowhere becomes its text.
 */
import type { Token } from "markdown-it";
import { imageAddress, linkAddress } from "./addresses.js";
import type { RepositoryHost } from "./repository.js";

/** Resolves all addresses in the content of a block. */
export function resolveInlines(children: readonly Token[], repository: RepositoryHost | undefined): Token[] {
  const resolved: Token[] = [];
  /** Links do not nest; `undefined` outside of one and in one that is dropped. */
  let link: Token | undefined;
  let hasText = false;
  for (const token of children) {
    if (token.type === "link_open") {
      link = resolveLink(token, repository) ? token : undefined;
      hasText = false;
    }
    if (token.type === "link_close" && link !== undefined && !hasText) nameLink(link);
    if (token.type === "image") resolveImage(token, repository);
    hasText ||= token.content.trim() !== "";
    const isDropped = token.type.startsWith("link_") && link === undefined;
    if (!isDropped) resolved.push(token);
    if (token.type === "link_close") link = undefined;
  }
  return resolved;
}

/** A link around a picture without alternative text would have no name for those who do not see it. */
function nameLink(link: Token): void {
  link.attrSet("aria-label", String(link.attrGet("href")));
}

function resolveLink(token: Token, repository: RepositoryHost | undefined): boolean {
  const href = linkAddress(String(token.attrGet("href") ?? ""), repository);
  if (href === undefined) return false;
  token.attrSet("href", href);
  if (!href.startsWith("#")) token.attrSet("rel", "nofollow noopener ugc");
  return true;
}

/** An image without an address is rendered as its alternative text. */
function resolveImage(token: Token, repository: RepositoryHost | undefined): void {
  const src = imageAddress(String(token.attrGet("src") ?? ""), repository);
  token.attrSet("src", src ?? "");
  token.attrSet("loading", "lazy");
}
