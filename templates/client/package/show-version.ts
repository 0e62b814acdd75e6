/** Fills the page with another version. */
import type { VersionDetails } from "../../../src/site/package/version-details.js";
import { newerThan, type VersionModel, versionModel } from "../../../src/site/package/version-model.js";
import { versionParts } from "../../package/version-parts.js";
import { startTabs } from "../tabs.js";
import { asNode } from "./jsx-dom.js";
import type { PackageElement } from "./place.js";
import { loadReadme, textParagraph } from "./readme.js";

/** @param versions all, descending */
export function showVersion(
  place: PackageElement,
  details: VersionDetails,
  versions: readonly VersionDetails[],
): void {
  const model = versionModel(details, newerThan(details, versions), place);
  place.element.dataset["shown"] = model.lower;
  for (const [name, part] of Object.entries(versionParts)) {
    const element = place.element.querySelector(`[data-part="${name}"]`);
    element?.replaceChildren(asNode(part(model, place.root)));
    if (element !== null && name === "install") startTabs(element);
  }
  markRow(model.lower);
  showFiles(place.element, model.lower);
  void showReadme(place.element, model);
}

function markRow(lower: string): void {
  for (const link of document.querySelectorAll('.versions [aria-current="true"]'))
    link.removeAttribute("aria-current");
  document.getElementById(lower)?.querySelector("a")?.setAttribute("aria-current", "true");
}

/** The page has the files of two versions at most. */
export function showFiles(page: HTMLElement, lower: string): void {
  let isListed = false;
  for (const files of page.querySelectorAll<HTMLElement>("[data-files]")) {
    files.hidden = files.dataset["files"] !== lower;
    isListed ||= !files.hidden;
  }
  const others = page.querySelector<HTMLElement>("[data-files-others]");
  if (others !== null) others.hidden = isListed;
}

/** A reader may have gone on to another version while this one's readme came. */
async function showReadme(page: HTMLElement, { readmeHref, lower }: VersionModel): Promise<void> {
  const element = page.querySelector<HTMLElement>("[data-readme]");
  if (element === null) return;
  if (readmeHref === undefined) {
    element.replaceChildren(textParagraph("This version has no readme."));
    return;
  }
  const readme = await loadReadme(readmeHref);
  if (page.dataset["shown"] !== lower) return;
  element.replaceChildren(readme ?? textParagraph("The readme of this version could not be loaded."));
}
