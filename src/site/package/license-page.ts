/**
 * The page of a licence file that is embedded in packages.
 */
import type { Digest } from "../../feed/digest.js";
import { licensePagePath, packageHref } from "../../feed/site-urls.js";
import { assetPath, feedUrl } from "../../feed/urls.js";
import { lowerId, type PackageId } from "../../nuget/id.js";
import { type Frame, frameOf, type SiteContext } from "../frame.js";
import { decodeText } from "../readme/decode-text.js";
import { type LongText, longText } from "./long-text.js";

export interface LicensePage {
  readonly frame: Frame;
  readonly id: string;
  /** A link to the package's page. */
  readonly packageHref: string;
  /** Shown as it is: plain text, also where it is markdown. */
  readonly text: LongText;
  /** A link to the file itself. */
  readonly fileHref: string;
}

/** In UTF-16 units; the longest licences in use have a tenth. */
const maxLength = 300_000;

/**
 * @param digest see `licensePageDigest`
 * @param bytes of the file
 */
export function licensePage(
  context: SiteContext,
  id: PackageId,
  digest: Digest,
  bytes: Uint8Array,
): LicensePage {
  const key = lowerId(id);
  const frame = frameOf(context, licensePagePath(key, digest));
  return {
    frame,
    id,
    packageHref: packageHref(frame.root, key),
    text: longText(decodeText(bytes), maxLength) ?? { text: "" },
    fileHref: feedUrl(frame.root, assetPath(`${digest}.txt`)),
  };
}
