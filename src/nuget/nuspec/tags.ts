/**
 * Tags: one text in the nuspec, a list everywhere else (protocol.md §10.3).
 */
const separators = /[\s,;|]+/;

/** In their order; of those that differ only in letter case the first. */
export function splitTags(text = ""): string[] {
  const byLowerCase = new Map<string, string>();
  for (const tag of text.split(separators)) {
    const key = tag.toLowerCase();
    if (tag !== "" && !byLowerCase.has(key)) byLowerCase.set(key, tag);
  }
  return [...byLowerCase.values()];
}
