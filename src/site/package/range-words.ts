/**
 * The range of a dependency, in words.
 */

const interval = /^([[(])([^,\]]*)(?:, ?([^\])]*))?([\])])$/;

/**
 * `[1.0.0, )` → `1.0.0 or newer`.
 *
 * @param range normalized, as records have it (protocol.md §1.6); any other text is its own words
 */
export function rangeWords(range: string): string {
  const [whole, open, lower = "", upper = lower, close] = interval.exec(range) ?? [];
  if (whole === undefined) return range;
  if (lower === "" && upper === "") return "any version";
  if (lower === upper) return `exactly ${lower}`;
  const from = open === "[" ? `${lower} or newer` : `newer than ${lower}`;
  const to = close === "]" ? `${upper} or older` : `older than ${upper}`;
  if (upper === "") return from;
  if (lower === "") return to;
  return close === "]" ? `${from}, up to ${upper}` : `${from}, below ${upper}`;
}
