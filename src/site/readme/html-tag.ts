/**
 * Reads single HTML tags and comments in a readme. Raw HTML is off; this is for what readmes are full of all the same:
 * a centred picture, a line break in a table, a comment.
 */

export interface HtmlTag {
  readonly kind: "open" | "close";
  /** In lower case. */
  readonly name: string;
  /** By name in lower case; values with character references resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Where in the text the tag ends. */
  readonly end: number;
}

const attributePattern = `\\s+[a-zA-Z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?`;
const tagPattern = new RegExp(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:${attributePattern})*)\\s*/?>`, "y");
const eachAttribute = /\s+([a-zA-Z_:][\w.:-]*)(?:\s*=\s*([^\s"'=<>`]+|'[^']*'|"[^"]*"))?/g;

/** No tag that is meant for readers is longer; what is longer stays text. */
const maxTagLength = 4000;

/** The tag that begins at `start`, if one does. */
export function readTag(text: string, start: number): HtmlTag | undefined {
  const piece = text.slice(start, start + maxTagLength);
  tagPattern.lastIndex = 0;
  const match = tagPattern.exec(piece);
  if (match === null) return undefined;
  const [whole, slash, name = "", attributes = ""] = match;
  return {
    kind: slash === "/" ? "close" : "open",
    name: name.toLowerCase(),
    attributes: readAttributes(attributes),
    end: start + whole.length,
  };
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(eachAttribute)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decodeReferences(value.replace(/^(["'])(.*)\1$/s, "$2")));
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}
