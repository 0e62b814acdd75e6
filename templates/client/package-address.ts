/** From what an address says of a package to the address of its page. */
import { packageHref } from "../../src/feed/site-urls.js";
import { lowerId, parsePackageId } from "../../src/nuget/id.js";
import { lowerVersion, parseVersion } from "../../src/nuget/version.js";

/**
 * The link to a package's page, whatever the letter case of the id and the spelling of the version; a version that is none is
 * passed over.
 *
 * @param root the way to the feed's root
 * @returns `undefined` when the text is no id
 */
export function packageAddress(root: string, idText: string, versionText = ""): string | undefined {
  const id = parsePackageId(idText.trim());
  if (id === undefined) return undefined;
  const version = parseVersion(versionText.trim());
  return packageHref(root, lowerId(id), version && lowerVersion(version));
}
