/**
 * The version list of the flat container (protocol.md §3.2).
 */
import { type FeedDocument, jsonDocument } from "./document.js";
import { type FeedPackage, revisionOf } from "./feed-package.js";
import { versionListPath } from "./urls.js";

/** All versions, unlisted and SemVer 2 ones too, ascending, in the form of their URLs. */
export function renderVersionList(feedPackage: FeedPackage): FeedDocument {
  const versions = feedPackage.versions.map((version) => version.lower);
  return jsonDocument(versionListPath(feedPackage.id), 3, { ...revisionOf(feedPackage), versions });
}
