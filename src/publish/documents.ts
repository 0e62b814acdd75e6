/**
 * The one list of what a feed has for each id: documents, and files that come out of packages.
 */
import { type ContentFile, contentFiles } from "../feed/content.js";
import type { FeedDocument } from "../feed/document.js";
import type { FeedPackage } from "../feed/feed-package.js";
import { renderVersionList } from "../feed/flat-container.js";
import { HIVES } from "../feed/hive.js";
import type { PackageRecord } from "../feed/record.js";
import { renderLeaves, renderRegistration } from "../feed/registration.js";
import type { FeedSettings } from "../feed/settings.js";
import type { FeedPath } from "../feed/urls.js";
import { siteDocuments } from "./site/id-documents.js";

/** All documents of one id, a pure function of its records and the settings; in write order. */
export function idDocuments(feedPackage: FeedPackage, settings: FeedSettings): FeedDocument[] {
  if (feedPackage.versions.length === 0) return [];
  const documents = [
    ...renderLeaves(feedPackage, settings),
    ...HIVES.flatMap((hive) => renderRegistration(hive, feedPackage, settings)),
    renderVersionList(feedPackage),
    ...siteDocuments(feedPackage, settings),
  ];
  return documents.sort((a, b) => a.rank - b.rank);
}

/** A file and the record of the package that it comes out of. */
export interface IdContent<R extends PackageRecord = PackageRecord> extends ContentFile {
  readonly record: R;
}

/** All files that come out of the packages of one id. Versions may share an asset, which is wanted once. */
export function idContents<R extends PackageRecord>(
  { id, versions }: FeedPackage<R>,
  settings: FeedSettings,
): IdContent<R>[] {
  const byPath = new Map<FeedPath, IdContent<R>>();
  for (const version of versions) {
    for (const { content, path, digest, contentType } of contentFiles(id, version, settings)) {
      // Spelled out: a feed has tens of thousands of them, and a spread takes several times as long.
      if (!byPath.has(path)) byPath.set(path, { content, path, digest, contentType, record: version.record });
    }
  }
  return [...byPath.values()];
}
