/**
 * Long texts of packages, made short for lists and previews.
 */

import { withoutBidiControls } from "./readme/bidi.js";

/**
 * The text on one line, without controls that turn around what stands beside it, at most `length` characters (UTF-16 units) and an ellipsis, cut between words where there are
 * any. A description may be a megabyte, so no more of it is looked at than may be shown.
 */
export function clipText(text: string, length: number): string {
  const line = withoutBidiControls(text.slice(0, length * 4))
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length + 1);
  const atWord = cut.replace(/ [^ ]*$/, "");
  const kept = atWord.length < cut.length && atWord.length > length / 2 ? atWord : cut.slice(0, length);
  return `${withoutHalfCharacter(kept).replace(/[\s,;:.]+$/, "")}…`;
}

/** A character outside the basic plane may have been cut in two. */
function withoutHalfCharacter(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, "");
}
