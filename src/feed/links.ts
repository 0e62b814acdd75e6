/**
 * The addresses that a version's documents show beside it: icon, licence, project (protocol.md §4.7).
 */
import type { PackageRecord } from "./record.js";
import { assetPath, feedUrl } from "./urls.js";

/** The embedded icon, else the address in an old nuspec. */
export function iconUrl(record: PackageRecord, baseUrl: string): string | undefined {
  if (record.icon !== undefined) return feedUrl(baseUrl, assetPath(record.icon));
  return webUrl(record.metadata.iconUrl);
}

/**
 * An expression leads to its text at licenses.nuget.org, a file to its copy in the feed; else the nuspec's address. The
 * address that pack writes beside a licence file is a placeholder and is never passed on.
 */
export function licenseUrl(record: PackageRecord, baseUrl: string): string | undefined {
  const { license, licenseUrl } = record.metadata;
  if (license?.type === "expression") return `https://licenses.nuget.org/${encodeURIComponent(license.text)}`;
  if (record.licenseFile !== undefined) return feedUrl(baseUrl, assetPath(record.licenseFile));
  return license === undefined ? webUrl(licenseUrl) : undefined;
}

/** The address as written, if it is an absolute web address; a package could put a script there as well. */
export function webUrl(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:\/\/[^\s]/i.test(text) && URL.canParse(text) ? text : undefined;
}
