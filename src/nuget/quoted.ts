/**
 * Values from packages inside of messages: they may be of any length and hold anything.
 */
const maxLength = 100;

/** The value in quotes on one line, cut after 100 characters. */
export function quoted(value: string): string {
  const cut = value.length > maxLength ? `${value.slice(0, maxLength)}…` : value;
  return `"${cut.replace(/\p{Cc}+/gu, " ")}"`;
}
