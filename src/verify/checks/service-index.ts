/**
 * The service index offers what every client needs, at addresses of its own (protocol.md §2).
 */

import { listOf, textOf } from "../../feed/parsed-json.js";
import { type FeedFolders, type FeedView } from "../feed-view.js";
import type { Finding } from "../finding.js";

const flatContainerType = "PackageBaseAddress/3.0.0";
/** Newest first: the hive of all versions is the one of the newest type. */
const hiveTypes = ["RegistrationsBaseUrl/3.6.0", "RegistrationsBaseUrl/3.4.0", "RegistrationsBaseUrl"];

export interface CheckedServiceIndex {
  readonly findings: readonly Finding[];
  /** `undefined` when nobody can find their way from here. */
  readonly folders?: FeedFolders;
}

export function checkServiceIndex(view: FeedView, path: string, document: unknown): CheckedServiceIndex {
  const wrong = (reason: string): Finding => ({ kind: "service-index-wrong", path, reason });
  const resources = listOf(document, "resources");
  if (resources === undefined) return { findings: [wrong("has no list of resources")] };
  const urls = new Map<string, string>();
  for (const resource of resources) {
    const type = textOf(resource, "@type");
    if (!urls.has(type)) urls.set(type, textOf(resource, "@id"));
  }
  const findings: Finding[] = [];
  if (!textOf(document, "version").startsWith("3.")) findings.push(wrong("has no version 3"));
  const folderOf = (type: string): string | undefined => {
    const url = urls.get(type);
    const folder = url === undefined ? undefined : view.pathOf(url);
    if (url === undefined) findings.push(wrong(`offers no ${type}`));
    else if (folder === undefined)
      findings.push(wrong(`offers ${type} at "${url}", which is outside of the feed`));
    return folder === undefined || folder.endsWith("/") ? folder : `${folder}/`;
  };
  const flatContainer = folderOf(flatContainerType);
  const offered = hiveTypes.filter((type) => urls.has(type));
  const hives = (offered.length > 0 ? offered : hiveTypes.slice(0, 1)).map(folderOf);
  if (flatContainer === undefined || hives.includes(undefined)) return { findings };
  return {
    findings,
    folders: { flatContainer, hives: [...new Set(hives.filter((folder) => folder !== undefined))] },
  };
}
