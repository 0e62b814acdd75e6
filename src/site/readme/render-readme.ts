/**
 * From the bytes of a readme to HTML that may stand in a page of ours. Everything in a readme is untrusted.
 */
import type { Token } from "markdown-it";
import { type SafeHtml, trustHtml } from "../safe-html.js";
import { markNotes, markTasks } from "./blocks.js";
import { colourCode } from "./colour-code.js";
import { decodeText } from "./decode-text.js";
import { placeHeadings } from "./headings.js";
import { resolveInlines } from "./inlines.js";
import { markdown } from "./markdown.js";
import { repositoryHost } from "./repository.js";

export interface RenderedReadme {
  readonly html: SafeHtml;
  /** The readme is longer than what is shown of it. */
  readonly isCut: boolean;
}

/**
 * In characters: an hour's reading. All steps of rendering take their share of the time, which grows with the length, and
 * while a readme is rendered a server answers nobody: half a second at most with this.
 */
const maxLength = 100_000;

/**
 * Renders GitHub's markdown. No element runs, loads a script, brings style, or leads to anything but web and mail
 * addresses; ids begin with `readme-`; headings begin at the third level.
 *
 * @param repositoryUrl the package's repository as its nuspec has it: relative links and images lead there
 */
export function renderReadme(bytes: Uint8Array, repositoryUrl: string | undefined): RenderedReadme {
  const text = decodeText(bytes);
  const shown = cutAtLineEnd(text);
  const tokens = markdown.parse(shown, {});
  resolveAddresses(tokens, repositoryUrl);
  markTasks(tokens);
  markNotes(tokens);
  placeHeadings(tokens);
  colourCode(tokens, markdown.utils.unescapeAll);
  return {
    html: trustHtml(markdown.renderer.render(tokens, markdown.options, {})),
    isCut: shown.length < text.length,
  };
}

function cutAtLineEnd(text: string): string {
  if (text.length <= maxLength) return text;
  const end = text.lastIndexOf("\n", maxLength);
  return text.slice(0, end === -1 ? maxLength : end);
}

function resolveAddresses(tokens: readonly Token[], repositoryUrl: string | undefined): void {
  const repository = repositoryHost(repositoryUrl);
  for (const token of tokens) {
    if (token.children !== null) token.children = resolveInlines(token.children, repository);
  }
}
