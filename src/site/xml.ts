/**
 * Text within XML: of Atom feeds, pictures, the sitemap.
 */

import { escapeMarkup } from "../feed/escape-markup.js";

/** Characters that XML 1.0 cannot hold in any form (§2.2 of its recommendation): they are left out. */
const impossible = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** The text for element content and for attributes in either kind of quotes. */
export function escapeXml(text: string): string {
  return escapeMarkup(text.replace(impossible, ""));
}
