/**
 * A package in a list of packages, as a card shows it.
 */

import { packageHref } from "../feed/site-urls.js";
import { feedUrl } from "../feed/urls.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { type Mark, marksOf } from "./marks.js";
import type { PackageSummary, SummaryVersion } from "./package-summary.js";

export interface PackageCard {
  readonly href: string;
  readonly id: string;
  readonly version: string;
  readonly marks: readonly Mark[];
  readonly description?: string;
  readonly authors?: string;
  /** A link to the image. */
  readonly icon?: string;
  /** `2024-05-01` */
  readonly published?: string;
}

/** The card of an id on a page whose way to the root is `root`, with the version that it is about there. */
export function packageCard(
  summary: PackageSummary,
  root: string,
  version: SummaryVersion = summary.latest,
): PackageCard {
  const { key, id, description, authors, icon, latest } = summary;
  return omitUndefined({
    href: packageHref(root, key, version === latest ? undefined : version.lower),
    id,
    version: version.version,
    marks: marksOf({ ...summary, isPrerelease: version.isPrerelease }),
    description,
    authors,
    icon: icon && (icon.startsWith("https:") ? icon : feedUrl(root, icon)),
    published: version.published?.slice(0, 10),
  });
}
