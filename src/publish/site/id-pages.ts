/**
 * The pages that an id has beside its documents. They are made from more than records: of readmes, licences and lists of
 * files, which only packages hold. So each is known by what it is made from, and rendered when it is written.
 */
import type { Digest, DigestBytes } from "../../feed/digest.js";
import type { Rank } from "../../feed/document.js";
import type { FeedPackage } from "../../feed/feed-package.js";
import { encodeJson } from "../../feed/json.js";
import type { FeedSettings } from "../../feed/settings.js";
import { licensePagePath, packagePagePath, readmePagePath } from "../../feed/site-urls.js";
import type { FeedPath } from "../../feed/urls.js";
import type { SiteContext } from "../../site/frame.js";
import { readmePageDigest } from "../../site/package/readme-digest.js";
import { licensePageDigest } from "../../site/package/version-details.js";
import type { StoredRecord } from "../../state/id-state.js";

/** A page to be rendered. */
export interface IdPage {
  readonly path: FeedPath;
  /** 1 for readmes and licences, 3 for the page of the id, which points to them. */
  readonly rank: Rank;
  readonly contentType: "text/html";
  /** Of what it is made from: the bytes are known only when it is rendered. */
  readonly digest: Digest;
  readonly page: PageKind;
}

export type PageKind = { readonly kind: "package" } | ContentPage;

/** A page of what is inside of a package. */
export interface ContentPage {
  readonly kind: "readme" | "license";
  /** Under which it is known in paths. */
  readonly name: Digest;
  readonly record: StoredRecord;
}

/** What pages are made with. @throws Error where there is no site */
export function siteOf({ baseUrl, site }: FeedSettings): SiteContext {
  if (site === undefined) throw new Error("a page of a feed without a site");
  return { baseUrl, site };
}

/**
 * All pages of an id, each once; in write order.
 *
 * @param recordsDigest of the records as rendering sees them
 * @param settingsDigest of the settings that shape documents of ids
 */
export async function idPages(
  { id, versions }: FeedPackage<StoredRecord>,
  settings: FeedSettings,
  recordsDigest: Digest,
  settingsDigest: Digest,
  digest: DigestBytes,
): Promise<IdPage[]> {
  if (settings.site === undefined || versions.length === 0) return [];
  const pages = new Map<FeedPath, Omit<IdPage, "digest">>();
  const add = (path: FeedPath, rank: Rank, page: PageKind): void => {
    if (!pages.has(path)) pages.set(path, { path, rank, contentType: "text/html", page });
  };
  for (const { record } of versions) {
    const readme = readmePageDigest(record);
    if (readme !== undefined) add(readmePagePath(id, readme), 1, { kind: "readme", name: readme, record });
    if (record.licenseFile === undefined) continue;
    const license = licensePageDigest(record.licenseFile);
    add(licensePagePath(id, license), 1, { kind: "license", name: license, record });
  }
  add(packagePagePath(id), 3, { kind: "package" });
  return await Promise.all(
    [...pages.values()].map(async (page) => ({
      ...page,
      digest: await digest(encodeJson([settingsDigest, madeFrom(page.page, recordsDigest)])),
    })),
  );
}

/** Readmes and licences are named by their content; what surrounds it has the id as the package writes it. */
function madeFrom(page: PageKind, recordsDigest: Digest): string {
  return page.kind === "package" ? recordsDigest : page.record.id;
}
