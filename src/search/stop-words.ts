/**
 * English words that stand in most descriptions and say nothing about a package.
 */
const stopWords: ReadonlySet<string> = new Set(
  (
    "a about all also an and any are as at be been by can do does for from has have how if in into is it its no not of " +
    "on or our so some such than that the their them then there these they this to up use used uses using via was we " +
    "what when where which who will with you your"
  ).split(" "),
);

/** Whether a folded word is left out of descriptions, and out of questions that hold other words. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}
