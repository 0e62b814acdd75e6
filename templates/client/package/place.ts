/** What the page says of itself, for its scripts. */
import type { PagePlace } from "../../../src/site/package/version-model.js";

export interface PackageElement extends PagePlace {
  readonly element: HTMLElement;
  /** The package id in lower case. */
  readonly id: string;
  /** The version that the page was made with. */
  readonly shown: string;
  readonly versionsHref: string;
}

/** @returns `undefined` on other pages */
export function findPackage(): PackageElement | undefined {
  const element = document.querySelector<HTMLElement>(".package");
  if (element === null) return undefined;
  const { package: id = "", shown = "", source = "", versions = "" } = element.dataset;
  const root = document.documentElement.dataset["root"] ?? "./";
  return { element, id, shown, source, root, versionsHref: versions };
}
