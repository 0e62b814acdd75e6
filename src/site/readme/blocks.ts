/**
 * What GitHub's markdown has above the parser's: task lists and notes (`> [!NOTE]`). Both are marked on tokens that are
 * there already.
 */
import type { Token } from "markdown-it";

/** Marks list items that begin with `[ ]` or `[x]`. */
export function markTasks(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const inline = tokens[index + 2];
    const isItem = token.type === "list_item_open" && tokens[index + 1]?.type === "paragraph_open";
    const text = isItem ? inline?.children?.[0] : undefined;
    const box = text?.type === "text" ? /^\[([ xX])\](?:\s+|$)/.exec(text.content) : null;
    if (text === undefined || box === null) continue;
    text.content = text.content.slice(box[0].length);
    token.attrJoin("class", "task");
    const mark = new (constructorOf(text))("task_mark", "span", 0);
    mark.meta = { isDone: box[1] !== " " };
    inline?.children?.unshift(mark);
  }
}

const noteTitles: Readonly<Record<string, string>> = {
  NOTE: "Note",
  TIP: "Tip",
  IMPORTANT: "Important",
  WARNING: "Warning",
  CAUTION: "Caution",
};

/** Turns the first line of a quote that begins with `[!NOTE]` or the like into its title. */
export function markNotes(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const isQuote = token.type === "blockquote_open" && tokens[index + 1]?.type === "paragraph_open";
    const children = isQuote ? tokens[index + 2]?.children : undefined;
    const [text, lineEnd] = children ?? [];
    const kind = text?.type === "text" ? /^\[!([A-Z]+)\]$/.exec(text.content.trim())?.[1] : undefined;
    const title = kind && noteTitles[kind];
    if (kind === undefined || title === undefined || text === undefined) continue;
    if (lineEnd !== undefined && lineEnd.type !== "softbreak" && lineEnd.type !== "hardbreak") continue;
    token.attrJoin("class", `note note--${kind.toLowerCase()}`);
    text.type = "note_title";
    text.content = title;
    children?.splice(1, 1);
  }
}

/** The parser exports its token class as a type only. */
function constructorOf(token: Token): new (type: string, tag: string, nesting: 0) => Token {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: a token is an instance of its class
  return token.constructor as new (
    type: string,
    tag: string,
    nesting: 0,
  ) => Token;
}
