/**
 * The readme of the version that is shown. Pages of readmes are our own rendering, at our own address; what is parsed here
 * runs nothing, and the page's policy would forbid it.
 */
import { fetchOnce } from "./fetch-once.js";

/** @returns the readme of a readme's page; `undefined` where there is none to be had */
export async function loadReadme(href: string): Promise<Node | undefined> {
  const text = await fetchOnce(href);
  if (text === undefined || new URL(href, location.href).origin !== location.origin) return undefined;
  const readme = new DOMParser().parseFromString(text, "text/html").querySelector(".readme");
  return readme === null ? undefined : document.adoptNode(readme);
}

export function textParagraph(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}
