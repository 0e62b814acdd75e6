/**
 * The one list of documents that a feed has for each id.
 */
import { type FeedDocument } from "../feed/document.js";
import type { FeedPackage } from "../feed/feed-package.js";
import { renderVersionList } from "../feed/flat-container.js";
import { HIVES } from "../feed/hive.js";
import { renderLeaves, renderRegistration } from "../feed/registration.js";
import type { FeedSettings } from "../feed/settings.js";

/** All documents of one id, a pure function of its records and the settings; in write order. */
export function idDocuments(feedPackage: FeedPackage, settings: FeedSettings): FeedDocument[] {
  const documents = [
    ...renderLeaves(feedPackage, settings),
    ...HIVES.flatMap((hive) => renderRegistration(hive, feedPackage, settings)),
    renderVersionList(feedPackage),
  ];
  return documents.sort((a, b) => a.rank - b.rank);
}
