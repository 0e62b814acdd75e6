/**
 * Character and entity references of XML: the five predefined ones and numbers, since nothing can declare others.
 */
import { quoted } from "../quoted.js";
import { notXml } from "./xml-error.js";

const reference = /&([^;&\s]*;?)/g;
const predefined: ReadonlyMap<string, string> = new Map([
  ["amp;", "&"],
  ["lt;", "<"],
  ["gt;", ">"],
  ["quot;", '"'],
  ["apos;", "'"],
]);
const numeric = /^#(?:x([0-9a-f]+)|([0-9]+));$/i;

/** @throws PackageError for a reference that stands for nothing */
export function decodeEntities(text: string): string {
  return text.includes("&") ? text.replace(reference, decodeReference) : text;
}

/** Whether a reference in it stands for nothing. */
export function hasUnknownReference(text: string): boolean {
  if (!text.includes("&")) return false;
  return [...text.matchAll(reference)].some(([, name = ""]) => characterOf(name) === undefined);
}

function decodeReference(whole: string, name: string): string {
  const character = characterOf(name);
  if (character === undefined) throw notXml(`${quoted(whole)} is no entity`);
  return character;
}

function characterOf(name: string): string | undefined {
  return predefined.get(name) ?? decodeNumber(name);
}

function decodeNumber(name: string): string | undefined {
  const [, hex, decimal] = numeric.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** The characters that XML 1.0 allows. */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
