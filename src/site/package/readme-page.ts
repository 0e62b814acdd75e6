/**
 * The page of a rendered readme. A package's page shows its content when a reader goes to a version with that readme;
 * it is a page of its own for those who open it. It depends on the readme, not on the feed's records.
 */

import type { Digest } from "../../feed/digest.js";
import { packageHref, readmePagePath } from "../../feed/site-urls.js";
import type { PackageId } from "../../nuget/id.js";
import { lowerId } from "../../nuget/id.js";
import { type Frame, frameOf, type SiteContext } from "../frame.js";
import type { RenderedReadme } from "../readme/render-readme.js";

export interface ReadmePage {
  readonly frame: Frame;
  readonly id: string;
  /** A link to the package's page. */
  readonly packageHref: string;
  readonly readme: RenderedReadme;
}

/** @param digest see `readmePageDigest` */
export function readmePage(
  context: SiteContext,
  id: PackageId,
  digest: Digest,
  readme: RenderedReadme,
): ReadmePage {
  const key = lowerId(id);
  const frame = frameOf(context, readmePagePath(key, digest));
  return { frame, id, packageHref: packageHref(frame.root, key), readme };
}
