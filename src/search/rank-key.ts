/**
 * Ranks as numbers, by which hits are sorted, the smallest first. They end with the position of the entry in the
 * order of equal hits, so that no two are the same and pages fit together.
 */
import { kindOf, WEIGHT_BITS, weightOf } from "./word-scores.js";

/** More packages than any feed has. */
const positionLimit = 2 ** 24;
const weightLimit = 2 ** WEIGHT_BITS;
const maxLevel = 8;

/** @param level a kind of match of words (1 to 3) or of names (4 to 8) */
export function rankKey(level: number, weight: number, position: number): number {
  return ((maxLevel - level) * weightLimit + (weightLimit - 1 - weight)) * positionLimit + position;
}

/**
 * The rank of what was found by words. Ids that consist of the words, in any order or misspelt, come before those
 * that hold others too.
 */
export function wordsKey(score: number, isWholeName: boolean, position: number): number {
  const kind = kindOf(score);
  return rankKey(kind, isWholeName && kind > 1 ? weightLimit - 1 : weightOf(score), position);
}

export function positionOfKey(key: number): number {
  return key % positionLimit;
}
