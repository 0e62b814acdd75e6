/** Goes to the version that the address names: `#1.2.3`. */

import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { readVersions } from "../../../src/site/package/version-changes.js";
import type { VersionDetails } from "../../../src/site/package/version-details.js";
import { lowerText } from "../../../src/site/package/version-text.js";
import { fetchOnce } from "./fetch-once.js";
import type { PackageElement } from "./place.js";
import { textParagraph } from "./readme.js";
import { openSection, openSectionOf } from "./sections.js";
import { showFiles, showVersion } from "./show-version.js";

/** All versions, descending; none when they cannot be had. */
export async function loadVersions({ versionsHref }: PackageElement): Promise<VersionDetails[]> {
  const text = await fetchOnce(versionsHref);
  return text === undefined ? [] : readVersions(text);
}

export function startVersions(place: PackageElement): void {
  showFiles(place.element, place.shown);
  addEventListener("hashchange", () => void goTo(place, true));
  void goTo(place, false);
}

async function goTo(place: PackageElement, isReader: boolean): Promise<void> {
  const hash = readHash();
  if (hash !== "" && (openSection(hash) || (hash.startsWith("readme-") && openSectionOf(hash)))) return;
  const version = hash === "" ? undefined : parseVersion(hash);
  const wanted = version === undefined ? place.shown : lowerVersion(version);
  if (wanted === place.element.dataset["shown"] || (hash !== "" && version === undefined)) {
    if (isReader && version !== undefined) goToTop();
    return;
  }
  const versions = await loadVersions(place);
  if (hash !== readHash()) return;
  const details = versions.find((candidate) => lowerText(candidate.version) === wanted);
  if (details === undefined) tellMissing(place, hash);
  else showVersion(place, details, versions);
  goToTop();
}

function readHash(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

/** To the heading, for the eye and for who goes by keyboard or ear. */
function goToTop(): void {
  scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}

function tellMissing({ element }: PackageElement, hash: string): void {
  const banner = document.createElement("div");
  banner.className = "banner banner--warn banner--missing";
  banner.setAttribute("role", "alert");
  banner.append(textParagraph(`This feed has no version “${hash}” of this package.`));
  element.querySelector(".banner--missing")?.remove();
  element.querySelector('[data-part="heading"]')?.append(banner);
}
