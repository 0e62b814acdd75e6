/**
 * Looking up elements and attributes of a nuspec (protocol.md §10.2): lists by their exact names, single values
 * whatever their letter case.
 */
import { trimDotNet } from "../dotnet-text.js";
import { quoted } from "../quoted.js";
import type { Warn } from "../warnings.js";
import type { XmlElement } from "./xml-element.js";

/** All elements at the end of a path of names, starting below `element`. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [element];
  for (const name of path) {
    const below: XmlElement[] = [];
    for (const parent of found) {
      for (const child of parent.children) if (child.name === name) below.push(child);
    }
    found = below;
  }
  return found;
}

/** The trimmed text of an attribute, unless it is absent or empty. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return notEmpty(element.attributes.get(name));
}

/** The trimmed text of an element, unless it is empty. */
export function textOf(element: XmlElement): string | undefined {
  return notEmpty(element.text);
}

function notEmpty(text: string | undefined): string | undefined {
  return trimDotNet(text ?? "") || undefined;
}

/** The elements of a nuspec's metadata that hold a value, by their names in lower case. */
export type ValueElements = ReadonlyMap<string, XmlElement>;

/** Of elements with the same name the first counts; those that are empty or have children are passed over. */
export function valueElements(metadata: XmlElement): ValueElements {
  const values = new Map<string, XmlElement>();
  for (const child of metadata.children) {
    const name = child.name.toLowerCase();
    if (child.children.length === 0 && child.text !== "" && !values.has(name)) values.set(name, child);
  }
  return values;
}

/** A flag as text: true or false in any letter case, false with a warning for anything else. */
export function parseFlag(text: string | undefined, subject: string, warn: Warn): boolean {
  const flag = text?.toLowerCase();
  if (text !== undefined && flag !== "true" && flag !== "false") {
    warn(`${subject} is ${quoted(text)}, neither true nor false, and read as false`);
  }
  return flag === "true";
}
