/**
 * The table of versions: newest first, grouped by major version.
 */
import { feedUrl, nupkgPath } from "../../feed/urls.js";
import { lowerId } from "../../nuget/id.js";
import { omitUndefined } from "../../nuget/omit-undefined.js";
import type { LowerVersion } from "../../nuget/version.js";
import type { Mark } from "../marks.js";
import { byteSize } from "./byte-size.js";
import type { VersionDetails } from "./version-details.js";
import { versionMarks } from "./version-model.js";
import { lowerText, majorText, normalizedText } from "./version-text.js";

export interface VersionGroup {
  /** `2.x` */
  readonly label: string;
  readonly rows: readonly VersionRow[];
}

export interface VersionRow {
  readonly version: string;
  readonly lower: LowerVersion;
  /** `2024-05-01` */
  readonly published?: string;
  readonly size: string;
  readonly sha512: string;
  readonly marks: readonly Mark[];
  readonly downloadHref: string;
}

/** How many versions a page has itself; a script fetches the others. */
export const MOST_ROWS = 100;

/**
 * @param versions descending
 * @param root the way from the page to the feed's root
 */
export function versionGroups(versions: readonly VersionDetails[], root: string): VersionGroup[] {
  const groups = new Map<string, VersionRow[]>();
  for (const details of versions) {
    const label = `${majorText(details.version)}.x`;
    const rows = groups.get(label) ?? [];
    rows.push(versionRow(details, root));
    groups.set(label, rows);
  }
  return [...groups].map(([label, rows]) => ({ label, rows }));
}

function versionRow(details: VersionDetails, root: string): VersionRow {
  const lower = lowerText(details.version);
  return omitUndefined({
    version: normalizedText(details.version),
    lower,
    published: details.published?.slice(0, 10),
    size: byteSize(details.size),
    sha512: details.sha512,
    marks: versionMarks(details).filter(({ kind }) => kind !== "type"),
    downloadHref: feedUrl(root, nupkgPath(lowerId(details.id), lower)),
  });
}
