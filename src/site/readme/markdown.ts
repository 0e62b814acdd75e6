/**
 * The markdown parser and its renderer, set up once: GFM without raw HTML, nothing that a page's policy forbids.
 */
import markdownIt, { type Token } from "markdown-it";
import { showBidiControls } from "./bidi.js";
import { blockHtml } from "./block-html.js";
import { colouredCode } from "./colour-code.js";
import { inlineHtml } from "./inline-html.js";

/** With deeper nesting than people write, the parser would need too much of the stack. */
const maxNesting = 50;

export const markdown = new markdownIt({ html: false, linkify: true, maxNesting });
markdown.use(inlineHtml).use(blockHtml);
// Names of files (`readme.md`, `App.cs`) are no hosts, and what needs `mailto:` says so.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const { escapeHtml } = markdown.utils;
const { rules } = markdown.renderer;

rules["code_inline"] = (tokens, index) => `<code>${codeHtml(tokens[index]?.content ?? "")}</code>`;
rules["code_block"] = (tokens, index) => codeBlock(codeHtml(tokens[index]?.content ?? ""));
rules["fence"] = (tokens, index) => {
  const coloured = colouredCode(tokens[index]);
  return codeBlock(
    coloured === undefined ? codeHtml(tokens[index]?.content ?? "") : showBidiControls(coloured),
  );
};

rules["image"] = (tokens, index, options, env, renderer) => {
  const token = tokens[index];
  const alt = renderer.renderInlineAsText(token?.children ?? [], options, env);
  if (token === undefined || token.attrGet("src") === "") return escapeHtml(alt);
  token.attrSet("alt", alt);
  return `<img${renderer.renderAttrs(token)}>`;
};

// Wide tables scroll by themselves; what scrolls must be reachable by keyboard.
rules["table_open"] = () => '<div class="table-box" role="group" aria-label="Table" tabindex="0"><table>\n';
rules["table_close"] = () => "</table></div>\n";
rules["td_open"] = (tokens, index) => cell(tokens[index], "td");
rules["th_open"] = (tokens, index) => cell(tokens[index], headerTag(tokens[index + 1]));
rules["th_close"] = (tokens, index) => `</${headerTag(tokens[index - 1])}>\n`;

rules["task_mark"] = (tokens, index) => {
  const isDone = tokens[index]?.meta?.["isDone"] === true;
  return `<span class="task__mark${isDone ? " task__mark--done" : ""}" role="img" aria-label="${isDone ? "Done" : "To do"}"></span> `;
};
rules["note_title"] = (tokens, index) =>
  `<strong class="note__title">${escapeHtml(tokens[index]?.content ?? "")}</strong><br>\n`;

function cell(token: Token | undefined, tag: "td" | "th"): string {
  const alignment = /^text-align:(left|center|right)$/.exec(String(token?.attrGet("style") ?? ""))?.[1];
  const scope = tag === "th" ? ' scope="col"' : "";
  return `<${tag}${scope}${alignment === undefined ? "" : ` class="align-${alignment}"`}>`;
}

/** A header without a word is none: the corner of most tables whose rows have names. */
function headerTag(content: Token | undefined): "td" | "th" {
  return content?.content.trim() === "" ? "td" : "th";
}

function codeHtml(code: string): string {
  return showBidiControls(escapeHtml(code));
}

/** The same elements as `templates/code-block.tsx` makes. */
function codeBlock(html: string): string {
  const copy = '<button class="copy" type="button" aria-label="Copy code">Copy</button>';
  return `<div class="code-block" dir="ltr"><pre tabindex="0"><code>${html}</code></pre>${copy}</div>\n`;
}
