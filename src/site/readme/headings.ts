/**
 * Headings of a readme: below the page's own in level, and with ids that links in the readme lead to.
 */
import type { Token } from "markdown-it";
import { anchorPrefix } from "./addresses.js";

/** The level under which a readme stands in pages: its own first level is the next. */
const levelAbove = 2;

/** Gives headings levels without a gap, whatever the readme skips, and ids. */
export function placeHeadings(tokens: readonly Token[]): void {
  const open: number[] = [];
  const used = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== "heading_open" && token.type !== "heading_close") continue;
    if (token.type === "heading_open") {
      const written = Number(token.tag.slice(1));
      while ((open.at(-1) ?? 0) >= written) open.pop();
      open.push(written);
      token.attrSet("id", anchorPrefix + uniqueSlug(headingText(tokens[index + 1]), used));
    }
    token.tag = `h${Math.min(6, levelAbove + open.length)}`;
  }
}

function headingText(inline: Token | undefined): string {
  const texts = (inline?.children ?? []).map((child) =>
    child.type === "text" || child.type === "code_inline" ? child.content : "",
  );
  return texts.join("");
}

/** The anchor that code hosts give a heading, so that a readme's own links to it work. */
function uniqueSlug(text: string, used: Map<string, number>): string {
  const slug = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-")
    .slice(0, 100);
  const count = used.get(slug) ?? 0;
  used.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}
