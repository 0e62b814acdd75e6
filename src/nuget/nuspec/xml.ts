/**
 * XML without document types, as a tree of plain elements. What the reference client's reader refuses and the
 * parser below would let through is refused here.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { PackageError } from "../../errors.js";
import { quoted } from "../quoted.js";
import { decodeEntities } from "./entities.js";
import { parsePlainXml } from "./plain-xml.js";
import type { XmlElement } from "./xml-element.js";
import { notXml } from "./xml-error.js";

const textName = "#text";
const cdataName = "#cdata";
const attributesName = ":@";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  trimValues: false,
  textNodeName: textName,
  // Kept apart, since only other text has entities. They are decoded here: the parser lets unknown ones pass.
  cdataPropName: cdataName,
  processEntities: false,
  ignorePiTags: true,
  jPath: false,
});

/**
 * Reads the root element.
 *
 * @throws PackageError for a document type or an entity declaration, before anything is parsed, and for a text that
 * is not well-formed
 */
export function parseXml(text: string): XmlElement {
  refuseDeclarations(text);
  if (forbiddenCharacter.test(text)) throw notXml("it holds control characters");
  return parsePlainXml(text) ?? parseAnyXml(text);
}

/** Reads the root element of any text, thoroughly. @throws PackageError for a text that is not well-formed */
export function parseAnyXml(text: string): XmlElement {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw notXml(validatorReason(valid.err));
  const [root] = readNodes(parseNodes(text)).children;
  if (root === undefined) throw notXml("it has no element");
  return root;
}

/** What XML 1.0 leaves out of the first plane, but for surrogates, which a decoder never leaves alone. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const forbiddenCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** Only comments and CDATA sections may begin with `<!`, and what is inside of them does not count. */
function refuseDeclarations(text: string): void {
  for (let at = text.indexOf("<!"); at !== -1; at = text.indexOf("<!", at)) {
    const end = markupEnd(text, at);
    if (end === undefined) {
      const message = "its nuspec has a document type or entity declaration, which is never read";
      throw new PackageError("nuspec-doctype", message, { hint: "remove the <!DOCTYPE …> from the nuspec" });
    }
    at = end;
  }
}

function markupEnd(text: string, at: number): number | undefined {
  const closing = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : undefined;
  if (closing === undefined) return undefined;
  const end = text.indexOf(closing, at + 4);
  if (end === -1) throw notXml(`it ends before "${closing}"`);
  return end;
}

function validatorReason({ msg, line }: { msg: string; line: number }): string {
  // Its way of listing all elements that are open at the end.
  if (msg.startsWith("Invalid '[")) return "it ends before all of its elements are closed";
  return `${msg.replace(/\.$/, "")} (line ${line})`;
}

function parseNodes(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    // Its limits: elements nested too deeply, names that are dangerous in JavaScript.
    throw notXml(error instanceof Error ? error.message : String(error));
  }
}

/** Children and text of a list of the parser's nodes, of which each holds its content under its own name. */
function readNodes(nodes: unknown): Pick<XmlElement, "children" | "text"> {
  const children: XmlElement[] = [];
  let text = "";
  for (const node of listOf(nodes)) {
    for (const [name, content] of Object.entries(node)) {
      if (name === textName) text += decodeEntities(String(content));
      else if (name === cdataName) text += rawText(content);
      else if (name !== attributesName) children.push(readElement(name, content, node[attributesName]));
    }
  }
  return { children, text };
}

function readElement(name: string, content: unknown, attributes: unknown): XmlElement {
  return { name: localName(name), attributes: readAttributes(attributes), ...readNodes(content) };
}

function readAttributes(attributes: unknown): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  if (!isRecord(attributes)) return read;
  for (const [name, value] of Object.entries(attributes)) {
    const raw = String(value);
    if (raw.includes("<")) throw notXml(`attribute ${quoted(name)} holds "<"`);
    // Attribute values are normalized by the rules of XML: a line break in them is a blank.
    if (!name.includes(":")) read.set(name, decodeEntities(raw.replace(/[\t\n]/g, " ")));
  }
  return read;
}

function rawText(content: unknown): string {
  return listOf(content)
    .map((node) => node[textName])
    .filter((text) => typeof text === "string")
    .join("");
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function listOf(nodes: unknown): Record<string, unknown>[] {
  return Array.isArray(nodes) ? nodes.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
