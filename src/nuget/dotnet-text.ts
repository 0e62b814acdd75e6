/**
 * Text rules of .NET where JavaScript's own differ: which characters are white space, and case without culture.
 */

// Char.IsWhiteSpace: U+0085 counts and U+FEFF does not; JavaScript's \s has it the other way round.
const whiteSpace = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ascii = /^[ -~]*$/;
const leading = new RegExp(`^[${whiteSpace}]+`);
const first = new RegExp(`^[${whiteSpace}]`);

/** `String.Trim()`: white space removed at both ends. */
export function trimDotNet(text: string): string {
  if (isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1))) return text;
  const start = text.replace(leading, "");
  let end = start.length;
  while (end > 0 && first.test(start.charAt(end - 1))) {
    end -= 1;
  }
  return start.slice(0, end);
}

/** Visible ASCII, as most texts begin and end with. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** `ToLowerInvariant()`: code point by code point; those whose lower case is several (U+0130) stay as they are. */
export function lowerInvariant(text: string): string {
  if (ascii.test(text)) {
    return text.toLowerCase();
  }
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return lower.length === character.length ? lower : character;
  }).join("");
}

/**
 * The form in which texts are compared by `StringComparer.OrdinalIgnoreCase`: upper case, code point by code point.
 * Dotless i and long s, which only JavaScript maps to I and S, stay different from them.
 */
export function ignoreCase(text: string): string {
  if (ascii.test(text)) {
    return text.toUpperCase();
  }
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length && !/[ıſ]/.test(character) ? upper : character;
  }).join("");
}

/** The order of `StringComparer.OrdinalIgnoreCase`. */
export function compareIgnoringCase(a: string, b: string): number {
  const [foldedA, foldedB] = [ignoreCase(a), ignoreCase(b)];
  if (foldedA === foldedB) {
    return 0;
  }
  return foldedA < foldedB ? -1 : 1;
}
