/**
 * Text rules of .NET where JavaScript's own differ: which characters are white space, and comparing without case.
 */

// Char.IsWhiteSpace: U+0085 counts and U+FEFF does not; JavaScript's \s has it the other way round.
const whiteSpace = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const leading = new RegExp(`^[${whiteSpace}]+`);
const first = new RegExp(`^[${whiteSpace}]`);

/** True for a text whose first UTF-16 unit is white space to .NET. */
export function startsWithWhiteSpace(text: string): boolean {
  return first.test(text);
}

/** `String.Trim()` of .NET: white space removed at both ends. */
export function trimDotNet(text: string): string {
  const start = text.replace(leading, "");
  let end = start.length;
  while (end > 0 && startsWithWhiteSpace(start.charAt(end - 1))) {
    end -= 1;
  }
  return start.slice(0, end);
}
