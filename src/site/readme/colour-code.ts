/**
 * Colours the code blocks of a readme, up to a limit: grammars are slow on code that was written to make them so.
 */
import type { Token } from "markdown-it";
import { highlightCode } from "./highlight.js";

/** In characters. What is longer stays plain. */
const maxBlock = 12_000;
const maxReadme = 60_000;

/** Puts the HTML of coloured blocks on their tokens; {@link colouredCode} finds it there. */
export function colourCode(tokens: readonly Token[], unescape: (info: string) => string): void {
  let left = maxReadme;
  for (const token of tokens) {
    const { length } = token.content;
    if (token.type !== "fence" || length > Math.min(maxBlock, left)) continue;
    const html = highlightCode(token.content, unescape(token.info));
    if (html === undefined) continue;
    token.meta = { html };
    left -= length;
  }
}

export function colouredCode(token: Token | undefined): string | undefined {
  const html = token?.meta?.["html"];
  return typeof html === "string" ? html : undefined;
}
