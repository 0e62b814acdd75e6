/**
 * HTML between paragraphs: comments are left out, and a heading that is written as a tag (most often to centre it) is a
 * heading. All other tags are seen by `inline-html.ts`.
 */
import type { MarkdownIt, StateBlock } from "markdown-it";
import { lookAhead } from "./look-ahead.js";

const maxHeadingLines = 20;

/** Nothing but blanks up to the end of the line. */
const restOfLine = /^[ \t]*(?:\n|$)/;
const maxBlanks = 100;

/** In these places a comment or heading may begin. */
const interrupts = { alt: ["paragraph", "reference", "blockquote", "list"] };

export function blockHtml(md: MarkdownIt): void {
  md.block.ruler.before("html_block", "comment", skipComment, interrupts);
  md.block.ruler.before("html_block", "html_heading", readHeading, interrupts);
}

function skipComment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = lineStart(state, startLine);
  if (isCode(state, startLine) || !state.src.startsWith("<!--", start)) return false;
  const end = lookAhead(state, state.src, "-->", start + 4) + 3;
  if (!Number.isFinite(end) || !restOfLine.test(state.src.slice(end, end + maxBlanks))) return false;
  let line = startLine;
  while (line < endLine && (state.eMarks[line] ?? 0) < end) line += 1;
  if (line === endLine) return false;
  if (!silent) state.line = line + 1;
  return true;
}

function readHeading(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const level = isCode(state, startLine) ? undefined : /^<h([1-6])\b/i.exec(lineText(state, startLine))?.[1];
  if (level === undefined) return false;
  const lastLine = headingEnd(state, startLine, Math.min(endLine, startLine + maxHeadingLines), level);
  if (lastLine === undefined) return false;
  const text = state.getLines(startLine, lastLine + 1, state.blkIndent, false).trim();
  const content = new RegExp(`^<h${level}(?:\\s[^>]*)?>(.*)</h${level}>$`, "is").exec(text)?.[1];
  if (content === undefined) return false;
  if (silent) return true;
  state.line = lastLine + 1;
  pushHeading(state, `h${level}`, content.trim(), [startLine, lastLine + 1]);
  return true;
}

function headingEnd(
  state: StateBlock,
  startLine: number,
  endLine: number,
  level: string,
): number | undefined {
  const close = new RegExp(`</h${level}>\\s*$`, "i");
  for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
    if (close.test(lineText(state, line))) return line;
  }
  return undefined;
}

function pushHeading(state: StateBlock, tag: string, content: string, map: [number, number]): void {
  state.push("heading_open", tag, 1).map = map;
  const inline = state.push("inline", "", 0);
  inline.content = content;
  inline.map = map;
  inline.children = [];
  state.push("heading_close", tag, -1);
}

function isCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice(lineStart(state, line), state.eMarks[line]);
}
