/**
 * Looks for the next place of a text without reading the same stretch twice: a readme with thousands of opening tags and
 * no closing one must not cost their product.
 */

interface Found {
  readonly from: number;
  /** Infinity when there is none from there on. */
  readonly at: number;
}

const foundByState = new WeakMap<object, Map<string, Found>>();

/**
 * Where `wanted` begins in `text` at `from` or later, ignoring the case of ASCII letters; Infinity when nowhere.
 *
 * @param state what lives as long as `text` does; answers are remembered for it
 * @param wanted in lower case
 */
export function lookAhead(state: object, text: string, wanted: string, from: number): number {
  const known = foundByState.get(state) ?? new Map<string, Found>();
  foundByState.set(state, known);
  const last = known.get(wanted);
  if (last !== undefined && last.from <= from && from <= last.at) return last.at;
  const at = search(text, wanted, from);
  known.set(wanted, { from, at });
  return at;
}

function search(text: string, wanted: string, from: number): number {
  const pattern = new RegExp(wanted.replace(/\W/g, "\\$&"), "gi");
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY;
}
