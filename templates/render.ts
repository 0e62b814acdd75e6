/**
 * From a page's tree of components to the text of an HTML document.
 */
import type { HtmlEscapedString } from "hono/utils/html";

/** What a component returns. */
export type Tree = HtmlEscapedString | Promise<HtmlEscapedString>;

/** @throws Error when a component waits for something: pages are made of data that is there already. */
export function renderDocument(page: Tree): string {
  return `<!doctype html>\n${renderFragment(page)}\n`;
}

/**
 * A part of a page, such as a list that a script puts into one.
 *
 * @throws Error as {@link renderDocument} does
 */
export function renderFragment(tree: Tree): string {
  if (tree instanceof Promise) throw new Error("a component does not render at once");
  return String(tree);
}
