/**
 * A fast reader for XML as nearly every nuspec is written: elements, attributes, text, comments, and nothing else. It
 * reads only what it is sure of; the rest is left to the thorough reader (`xml.ts`), which takes five times as long and
 * says what is wrong.
 */
import { decodeEntities, hasUnknownReference } from "./entities.js";
import type { XmlElement } from "./xml-element.js";

const name = "[A-Za-z][\\w.-]*";
const value = `"[^"<]*"|'[^'<]*'`;
const declaration =
  /^<\?xml version=["']1\.0["'](?: encoding=["'][\w.-]+["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>/;
const qualifiedName = `(?:${name}:)?${name}`;
const startTag = new RegExp(
  `<(?:${name}:)?(${name})((?:[ \\n\\t]+${qualifiedName}=(?:${value}))*)[ \\n\\t]*/?>`,
  "y",
);
const endTag = new RegExp(`</(${qualifiedName})[ \\n\\t]*>`, "y");
const attribute = new RegExp(`(${qualifiedName})=(${value})`, "g");

/** Deeper than any nuspec; the thorough reader has a limit of its own. */
const MOST_DEPTH = 20;

interface OpenElement extends XmlElement {
  /** With its prefix: an end tag must repeat it. */
  readonly tagName: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads the root element of a text without control characters, document types and entity declarations.
 *
 * @returns `undefined` for whatever it is not sure of, well-formed or not
 */
export function parsePlainXml(source: string): XmlElement | undefined {
  if (hasUnknownReference(source)) return undefined;
  const text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  const start = skipBlank(text, declaration.exec(text)?.[0].length ?? 0);
  const root = start === undefined ? undefined : readRoot(text, start);
  if (root === undefined || skipBlank(text, root.end) !== text.length) return undefined;
  return root.element;
}

function readRoot(text: string, start: number): { element: XmlElement; end: number } | undefined {
  const open: OpenElement[] = [];
  for (let at = start; ; ) {
    const parent = open.at(-1);
    if (text.startsWith("</", at)) {
      const end = matchAt(endTag, text, at);
      if (end === null || parent === undefined || end[1] !== parent.tagName) return undefined;
      at = endTag.lastIndex;
      open.pop();
      if (open.length === 0) return { element: parent, end: at };
    } else if (text.startsWith("<!", at)) {
      const end = commentEnd(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else {
      const element = readStartTag(text, at);
      if (element === undefined || open.length >= MOST_DEPTH) return undefined;
      const isClosed = text.charAt(startTag.lastIndex - 2) === "/";
      at = startTag.lastIndex;
      parent?.children.push(element);
      if (!isClosed) open.push(element);
      else if (parent === undefined) return { element, end: at };
    }
    const next = text.indexOf("<", at);
    const inside = open.at(-1);
    if (next === -1 || inside === undefined) return undefined;
    if (next > at) {
      const between = text.slice(at, next);
      if (between.includes("]]>")) return undefined;
      inside.text += decodeEntities(between);
      at = next;
    }
  }
}

/** Leaves `startTag.lastIndex` behind the tag. */
function readStartTag(text: string, at: number): OpenElement | undefined {
  const tag = matchAt(startTag, text, at);
  if (tag === null) return undefined;
  const [whole, localName = "", list = ""] = tag;
  if (isDangerous(localName)) return undefined;
  const attributes = readAttributes(list);
  const tagName = whole.slice(1, whole.indexOf(localName, 1) + localName.length);
  return attributes && { name: localName, tagName, attributes, children: [], text: "" };
}

function readAttributes(list: string): Map<string, string> | undefined {
  const read = new Map<string, string>();
  attribute.lastIndex = 0;
  for (let match = attribute.exec(list); match !== null; match = attribute.exec(list)) {
    const [, attributeName = "", quotedValue = ""] = match;
    // Two of the same name with prefixes do not matter here, but the thorough reader refuses them.
    if (read.has(attributeName) || isDangerous(attributeName)) return undefined;
    read.set(attributeName, decodeEntities(quotedValue.slice(1, -1).replace(/[\t\n]/g, " ")));
  }
  for (const attributeName of read.keys()) if (attributeName.includes(":")) read.delete(attributeName);
  return read;
}

const dangerousNames = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names that mean something on every JavaScript object; the thorough reader refuses some of them. */
function isDangerous(text: string): boolean {
  return dangerousNames.has(text);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Behind blanks and comments; `undefined` where something else begins with `<!`. */
function skipBlank(text: string, from: number): number | undefined {
  for (let at = from; ; ) {
    while (at < text.length && " \n\t".includes(text.charAt(at))) at++;
    if (!text.startsWith("<!", at)) return at;
    const end = commentEnd(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
}

/** Where the comment ends that begins here; inside of one no two hyphens follow each other. */
function commentEnd(text: string, at: number): number | undefined {
  if (!text.startsWith("<!--", at)) return undefined;
  const hyphens = text.indexOf("--", at + 4);
  return hyphens !== -1 && text.charAt(hyphens + 2) === ">" ? hyphens + 3 : undefined;
}
