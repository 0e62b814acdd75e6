/**
 * Every address in a document that lies below the feed's own leads to something.
 */

import { property, textOf } from "../../feed/parsed-json.js";
import type { FeedView } from "../feed-view.js";
import type { Finding } from "../finding.js";

/** No document of a feed is nested as deeply; one that is was made to exhaust its readers. */
const DEEPEST = 100;

export async function checkLinks(view: FeedView, path: string, document: unknown): Promise<Finding[]> {
  const urls = new Set<string>();
  collectAddresses(document, urls);
  const targets = new Set([...urls].map(view.pathOf).filter((target) => target !== undefined));
  const findings: Finding[] = [];
  for (const target of targets) {
    // Addresses of folders and templates promise no file.
    if (target === "" || target.endsWith("/") || target.includes("{")) continue;
    if (!(await view.exists(target))) findings.push({ kind: "link-broken", path, target });
  }
  return findings;
}

/** The registration of a dependency promises nothing: the dependency may live on another feed. */
function collectAddresses(value: unknown, urls: Set<string>, depth = 0): void {
  if (depth > DEEPEST) return;
  if (typeof value === "string") {
    if (/^https?:/.test(value)) urls.add(value);
  } else if (Array.isArray(value)) {
    for (const inner of value) collectAddresses(inner, urls, depth + 1);
  } else if (typeof value === "object" && value !== null) {
    const isDependency = textOf(value, "@type") === "PackageDependency";
    for (const name of Object.keys(value)) {
      if (!(isDependency && name === "registration")) {
        collectAddresses(property(value, name), urls, depth + 1);
      }
    }
  }
}
