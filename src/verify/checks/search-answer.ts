/**
 * The static search answer: its total, and what it says of each id (protocol.md §5.2, §5.5).
 */

import { listOf, property, textOf } from "../../feed/parsed-json.js";
import type { Finding } from "../finding.js";

export function checkSearchAnswer(path: string, answer: unknown): Finding[] {
  const wrong = (reason: string): Finding => ({ kind: "search-wrong", path, reason });
  const items = listOf(answer, "data");
  if (items === undefined) return [wrong("has no list of packages")];
  const findings: Finding[] = [];
  const total = property(answer, "totalHits");
  if (total !== items.length) {
    findings.push(wrong(`says ${String(total)} hits and holds ${items.length}`));
  }
  const seen = new Set<string>();
  for (const item of items) {
    const id = textOf(item, "id");
    const versions = (listOf(item, "versions") ?? []).map((version) => textOf(version, "version"));
    if (seen.has(id.toLowerCase())) findings.push(wrong(`holds "${id}" twice`));
    if (!versions.includes(textOf(item, "version"))) {
      findings.push(wrong(`shows a version of "${id}" that it does not list`));
    }
    seen.add(id.toLowerCase());
  }
  return findings;
}
