/**
 * The smallest numbers of many: the first page of thousands of hits needs no order among the rest.
 */

/** From here on sorting everything is faster. */
const maxKept = 200;

/** The `count` smallest, ascending. The numbers themselves may be left in another order. */
export function smallest(numbers: Float64Array, count: number): Float64Array {
  if (count > maxKept || count >= numbers.length) return numbers.sort().subarray(0, Math.max(0, count));
  if (count <= 0) return new Float64Array(0);
  const kept = numbers.slice(0, count).sort();
  for (let at = count; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (number < (kept[count - 1] ?? 0)) insert(kept, number);
  }
  return kept;
}

/** Puts a number in its place; the last one falls out. */
function insert(kept: Float64Array, number: number): void {
  let at = kept.length - 1;
  while (at > 0 && (kept[at - 1] ?? 0) > number) {
    kept[at] = kept[at - 1] ?? 0;
    at -= 1;
  }
  kept[at] = number;
}
