/**
 * The picture of the site in tabs and, without a logo, in its header: two sheets, as they come out of a press.
 */
import type { Site } from "../feed/site-settings.js";
import { colorText, inkOn, parseColor } from "./color.js";

export function renderFavicon({ accentColor }: Pick<Site, "accentColor">): string {
  const ink = colorText(inkOn(parseColor(accentColor)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${accentColor}"/><path d="M16 6.5 26 12l-10 5.5L6 12z" fill="${ink}"/><path d="m6 16.5 10 5.5 10-5.5M6 20.8l10 5.5 10-5.5" fill="none" stroke="${ink}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;
}
