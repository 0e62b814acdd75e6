/**
 * The few HTML tags that mean something inside a paragraph, as markdown's own tokens: `<br>`, `<img>`, `<a>`, `<kbd>`, …
 * Tags that only lay out are dropped and their content stays; any other `<…>` is text (`List<T>`). What comes out is made
 * of tokens only, so it is balanced and its attributes are ours.
 */
import type { MarkdownIt, StateInline } from "markdown-it";
import { type HtmlTag, readTag } from "./html-tag.js";
import { lookAhead } from "./look-ahead.js";

/** Kept with their content, without attributes. */
const phrasing = new Set(
  "b strong i em u s del ins sub sup kbd code samp var tt mark small q abbr cite dfn".split(" "),
);

/** Dropped; their content stays. Headings become paragraphs where `html-heading.ts` did not see them. */
const layout = new Set(
  (
    "p div span center font picture source figure figcaption section article header footer main nav aside details summary " +
    "table thead tbody tfoot tr th td caption colgroup col ul ol li dl dt dd blockquote pre hr h1 h2 h3 h4 h5 h6 video nobr big wbr"
  ).split(" "),
);

/** Ends of what stands on a line of its own. */
const lineEnding = new Set(["tr", "li", "dt", "dd", "summary", "caption", "figcaption"]);

export function inlineHtml(md: MarkdownIt): void {
  md.inline.ruler.before("html_inline", "inline_html", (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3c) return false;
    return skipComment(state) || readElement(state, silent);
  });
}

function skipComment(state: StateInline): boolean {
  if (!state.src.startsWith("<!--", state.pos)) return false;
  const end = lookAhead(state, state.src, "-->", state.pos + 4) + 3;
  if (end > state.posMax) return false;
  state.pos = end;
  return true;
}

function readElement(state: StateInline, silent: boolean): boolean {
  const tag = readTag(state.src, state.pos);
  if (tag === undefined || tag.end > state.posMax || !isKnown(tag)) return false;
  const contentEnd = isPaired(tag) ? findClose(state, tag) : undefined;
  if (silent) {
    state.pos = contentEnd?.end ?? tag.end;
    return true;
  }
  if (contentEnd === undefined) pushSingle(state, tag);
  else pushPair(state, tag, contentEnd.start);
  state.pos = contentEnd?.end ?? tag.end;
  return true;
}

function isKnown({ name }: HtmlTag): boolean {
  return name === "br" || name === "img" || name === "a" || phrasing.has(name) || layout.has(name);
}

function isPaired({ kind, name, attributes }: HtmlTag): boolean {
  return kind === "open" && (phrasing.has(name) || (name === "a" && attributes.has("href")));
}

function pushSingle(state: StateInline, { kind, name, attributes }: HtmlTag): void {
  if (name === "img" && kind === "open") pushImage(state, attributes);
  else if (name === "br" || name === "hr") state.push("hardbreak", "br", 0);
  else if (kind === "close" && lineEnding.has(name)) state.push("hardbreak", "br", 0);
  else if (kind === "close" && (name === "td" || name === "th")) state.pending += " ";
}

function pushImage(state: StateInline, attributes: ReadonlyMap<string, string>): void {
  const alt = attributes.get("alt") ?? "";
  const token = state.push("image", "img", 0);
  token.content = alt;
  token.attrs = [
    ["src", attributes.get("src") ?? ""],
    ["alt", ""],
  ];
  for (const name of ["width", "height"]) {
    const size = /^(\d{1,4})(?:px)?$/.exec(attributes.get(name)?.trim() ?? "")?.[1];
    if (size !== undefined) token.attrPush([name, size]);
  }
  const text = new state.Token("text", "", 0);
  text.content = alt;
  token.children = [text];
}

function pushPair(state: StateInline, { name, attributes, end }: HtmlTag, contentEnd: number): void {
  const isLink = name === "a";
  const type = isLink ? "link" : "phrase";
  const open = state.push(`${type}_open`, name === "tt" ? "code" : name, 1);
  if (isLink) open.attrs = [["href", attributes.get("href") ?? ""]];
  const { posMax } = state;
  state.pos = end;
  state.posMax = contentEnd;
  if (isLink) state.linkLevel += 1;
  state.md.inline.tokenize(state);
  if (isLink) state.linkLevel -= 1;
  state.posMax = posMax;
  state.push(`${type}_close`, name === "tt" ? "code" : name, -1);
}

/** Where the content of a paired tag ends, and where what is behind its end begins. */
function findClose(state: StateInline, tag: HtmlTag): { start: number; end: number } | undefined {
  if (tag.name === "a" && state.linkLevel > 0) return undefined;
  const start = lookAhead(state, state.src, `</${tag.name}>`, tag.end);
  const end = start + tag.name.length + 3;
  return end <= state.posMax ? { start, end } : undefined;
}
