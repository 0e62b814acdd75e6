/**
 * Words in quotes: they must stand side by side in one text of a package.
 */
import type { SearchLatest } from "../feed/search-entry.js";
import { firstCharacters, nameWords, textWords } from "./words.js";

const maxText = 4000;

/** Whether some text of the package holds the words side by side. */
export function holdsPhrase(latest: SearchLatest, phrase: readonly string[]): boolean {
  const { id, title = "", description = "", summary = "", authors = "", tags = [], owners = [] } = latest;
  const texts = [id, title, description, summary, authors, tags.join(" "), ...owners];
  return (
    texts.some((text) => isWithin(textWords(firstCharacters(text, maxText)), phrase)) ||
    [id, title].some((name) => isWithin(nameWords(firstCharacters(name, maxText)), phrase))
  );
}

function isWithin(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word));
}
