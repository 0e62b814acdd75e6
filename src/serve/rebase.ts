/**
 * Moves a generated document to another address, so that a feed built for its public address can be shown anywhere.
 */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Replaces `from` by `to` (both end in `/`) where a string value of the JSON document begins with `{from}v3/`. Texts
 * that hold the address further inside, or within quotes of their own, stay as they are.
 */
export function rebaseJson(json: Uint8Array, from: string, to: string): Uint8Array {
  const text = decoder.decode(json);
  // A quote at the start or behind one of these begins a string: within strings quotes have a backslash before them, and what
  // follows a closing quote is never an address.
  const start = new RegExp(`(?<=(?:^|[:[,])\\s*")${escapeRegExp(jsonText(`${from}v3/`))}`, "g");
  return encoder.encode(text.replace(start, () => jsonText(`${to}v3/`)));
}

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
