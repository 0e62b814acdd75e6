/**
 * Texts for the status line of an answer, which NuGet clients show when a push fails (protocol.md §7.4).
 */

/** Longer ones would be cut by clients and proxies, and might not fit in the head of the answer. */
const LONGEST = 400;

/**
 * Makes a text fit for a status line: one line of ASCII, as others do not reach all clients unharmed.
 *
 * @example
 * new Response(body, { status: 400, statusText: reasonPhrase('The package "a" has no version') });
 */
export function reasonPhrase(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const ascii = line.replace(/[^\u0020-\u007e]/gu, "?");
  return ascii.length > LONGEST ? `${ascii.slice(0, LONGEST - 3)}...` : ascii;
}
