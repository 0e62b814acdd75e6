/** The script of a package's page: sections, versions, who uses it. The page is complete without it. */
import { findPackage } from "./place.js";
import { startSections } from "./sections.js";
import { startUsedBy } from "./used-by.js";
import { startVersionFilter } from "./version-filter.js";
import { startVersions } from "./versions.js";

/** Does nothing on other pages. */
export function startPackagePage(): void {
  const place = findPackage();
  if (place === undefined) return;
  startSections(place.element);
  startVersions(place);
  startVersionFilter(place);
  void startUsedBy(place);
}
