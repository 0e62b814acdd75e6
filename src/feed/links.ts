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

/** What pack writes as address of a licence file, for clients that know addresses only. */
const LICENSE_FILE_PLACEHOLDER = "https://aka.ms/deprecateLicenseUrl";

/**
 * An expression leads to its text at licenses.nuget.org, a file to its copy in the feed; else the nuspec's address, but
 * never the placeholder.
 */
export function licenseUrl(record: PackageRecord, baseUrl: string): string | undefined {
  const { license, licenseUrl } = record.metadata;
  if (license?.type === "expression") return `https://licenses.nuget.org/${encodeURIComponent(license.text)}`;
  if (record.licenseFile !== undefined) return feedUrl(baseUrl, assetPath(record.licenseFile));
  return license !== undefined || licenseUrl === LICENSE_FILE_PLACEHOLDER ? undefined : webUrl(licenseUrl);
}

/** The address as written, if it is an absolute web address; a package could put a script there as well. */
export function webUrl(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:\/\/[^\s]/i.test(text) && URL.canParse(text) ? text : undefined;
}
