/**
 * Percent decoding of entry names: packers for the Open Packaging Conventions encode them (protocol.md §10.1).
 */
const encodedRuns = /(?:%[0-9a-f]{2})+/gi;

/** Decodes what is encoded UTF-8 and leaves everything else, a lone `%` too, as it is. */
export function decodePercent(text: string): string {
  return text.includes("%") ? text.replace(encodedRuns, decodeRun) : text;
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}
