/**
 * Renders the pages of an id. Loaded only where there is a site: templates and markdown take longer to load than most
 * commands without one run.
 */

import { renderLicensePage } from "../../../templates/package/license-page.js";
import { renderPackagePage } from "../../../templates/package/package-page.js";
import { renderReadmePage } from "../../../templates/package/readme-page.js";
import { FeedError } from "../../errors.js";
import type { FeedPackage, FeedVersion } from "../../feed/feed-package.js";
import type { SiteContext } from "../../site/frame.js";
import { licensePage } from "../../site/package/license-page.js";
import { packagePage, pageVersions, type VersionFiles } from "../../site/package/package-page.js";
import { readmePage } from "../../site/package/readme-page.js";
import { type RenderedReadme, renderReadme } from "../../site/readme/render-readme.js";
import type { StoredRecord } from "../../state/id-state.js";
import type { OpenContent, PackageContent } from "../context.js";
import type { ContentPage, PageKind } from "./id-pages.js";

const encoder = new TextEncoder();

/** Any page of an id. @throws FeedError when a package that the page is made from is gone, or cannot be read */
export async function renderPage(
  site: SiteContext,
  feedPackage: FeedPackage<StoredRecord>,
  page: PageKind,
  openContent: OpenContent,
): Promise<Uint8Array> {
  if (page.kind === "package") return await renderIdPage(site, feedPackage, openContent);
  const content = await openContent(page.record);
  try {
    return await renderContentPage(site, page, content);
  } finally {
    await content.close();
  }
}

/**
 * The page of a readme or a licence.
 *
 * @param content of a package that holds it
 */
export async function renderContentPage(
  site: SiteContext,
  { kind, name, record }: ContentPage,
  content: PackageContent,
): Promise<Uint8Array> {
  if (kind === "readme")
    return encoder.encode(
      renderReadmePage(readmePage(site, record.id, name, await readmeOf(record, content))),
    );
  const bytes = await heldBytes(content, kind);
  return encoder.encode(renderLicensePage(licensePage(site, record.id, name, bytes)));
}

/**
 * The page of an id.
 *
 * @param openContent opens the package of a record
 * @throws FeedError when a package that the page is made from is gone
 */
export async function renderIdPage(
  site: SiteContext,
  feedPackage: FeedPackage<StoredRecord>,
  openContent: OpenContent,
): Promise<Uint8Array> {
  const { shown, stable, prerelease } = pageVersions(feedPackage) ?? {};
  const files: VersionFiles[] = [];
  let readme: RenderedReadme | undefined;
  for (const version of distinct([stable, prerelease, shown])) {
    const record = recordOf(feedPackage, version);
    const content = await openContent(record);
    try {
      if (version === shown && record.readmeDigest !== undefined) readme = await readmeOf(record, content);
      if (version === stable || version === prerelease)
        files.push({ version: version.lower, entries: await content.entries() });
    } finally {
      await content.close();
    }
  }
  const model = packagePage(site, feedPackage, { ...(readme && { readme }), files });
  if (model === undefined) throw new Error(`a page of "${feedPackage.id}", which has no version`);
  return encoder.encode(renderPackagePage(model));
}

function distinct(versions: readonly (FeedVersion | undefined)[]): FeedVersion[] {
  return [...new Set(versions.filter((version) => version !== undefined))];
}

function recordOf({ versions }: FeedPackage<StoredRecord>, version: FeedVersion): StoredRecord {
  const own = versions.find(({ lower }) => lower === version.lower);
  if (own === undefined) throw new Error(`a version that the package does not have: ${version.lower}`);
  return own.record;
}

async function readmeOf(record: StoredRecord, content: PackageContent): Promise<RenderedReadme> {
  return renderReadme(await heldBytes(content, "readme"), record.metadata.repository?.url);
}

async function heldBytes(content: PackageContent, kind: "readme" | "license"): Promise<Uint8Array> {
  const body = await content.body(kind);
  if (body instanceof Uint8Array) return body;
  throw new FeedError(
    "content-unreadable",
    `Cannot read the ${kind} of a package: it is too large to be held`,
  );
}
