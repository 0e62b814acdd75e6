/**
 * The documents of the web site that are pure functions of an id's records; its pages are in `id-pages.ts`.
 */
import type { FeedDocument } from "../../feed/document.js";
import type { FeedPackage } from "../../feed/feed-package.js";
import type { FeedSettings } from "../../feed/settings.js";
import { siteDefaults } from "../../feed/site-settings.js";
import { BADGE_KINDS, badgePath, packageAtomPath } from "../../feed/site-urls.js";
import type { FeedPath } from "../../feed/urls.js";
import { renderPackageAtom } from "../../site/atom.js";
import { badgeOf, renderBadgeJson, renderBadgeSvg } from "../../site/badge.js";
import { versionsDocument } from "../../site/package/versions-document.js";
import { siteOf } from "./id-pages.js";

const encoder = new TextEncoder();

export function siteDocuments(feedPackage: FeedPackage, settings: FeedSettings): FeedDocument[] {
  if (settings.site === undefined) return [];
  const { atom, badges, accentColor } = siteDefaults(settings.site, settings.baseUrl);
  const { id } = feedPackage;
  const documents = [versionsDocument(feedPackage)];
  if (atom === "all") {
    const text = renderPackageAtom(siteOf(settings), feedPackage);
    documents.push(textDocument(packageAtomPath(id), "application/atom+xml", text));
  }
  for (const kind of badges ? BADGE_KINDS : []) {
    const badge = badgeOf(feedPackage, kind, accentColor);
    documents.push(textDocument(badgePath(id, kind, "svg"), "image/svg+xml", renderBadgeSvg(badge)));
    documents.push(textDocument(badgePath(id, kind, "json"), "application/json", renderBadgeJson(badge)));
  }
  return documents;
}

function textDocument(path: FeedPath, contentType: string, text: string): FeedDocument {
  return { path, rank: 2, contentType, body: encoder.encode(text) };
}
