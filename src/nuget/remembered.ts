/**
 * Answers by text, worked out once per text: the packages of a feed hold the same few versions, ranges and names of
 * frameworks again and again, and reading them anew is a large part of reading a package.
 */

/** Texts come from packages, so neither their number nor their length is bounded by itself. */
const MOST_REMEMBERED = 10_000;
const MOST_LENGTH = 200;

/** The same function with a memory; only for pure ones whose answers nobody changes. */
export function remembered<Answer>(answerTo: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.answer;
    const answer = answerTo(text);
    if (text.length > MOST_LENGTH) return answer;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, { answer });
    return answer;
  };
}
