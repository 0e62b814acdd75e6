/**
 * `packages/{id}/versions.json`: what the page of an id shows of its other versions. Made from the records alone, so no
 * package is opened for it.
 */
import { type FeedDocument, jsonDocument } from "../../feed/document.js";
import { type FeedPackage, revisionOf } from "../../feed/feed-package.js";
import { packageVersionsPath } from "../../feed/site-urls.js";
import { toChanges, type VersionsJson } from "./version-changes.js";
import { versionDetails } from "./version-details.js";

export function versionsDocument(feedPackage: FeedPackage): FeedDocument {
  const newestFirst = feedPackage.versions.toReversed().map(versionDetails);
  const value: VersionsJson = { ...revisionOf(feedPackage), versions: toChanges(newestFirst) };
  return jsonDocument(packageVersionsPath(feedPackage.id), 2, value);
}
