/**
 * The style of the owner's own: the accent colour for both themes, then the owner's CSS. It is a file, because the pages'
 * policy forbids styles within pages.
 */
import type { SiteSettings } from "../feed/site-settings.js";
import { BLACK, type Color, colorText, inkOn, mix, parseColor, readableOn, WHITE } from "./color.js";

/** The grounds of `templates/css/tokens.css` on which the accent is used as text, the hardest of each theme. */
const LIGHT_GROUNDS: readonly Color[] = [parseColor("#ffffff"), parseColor("#f2f0ea")];
const DARK_GROUNDS: readonly Color[] = [parseColor("#121110"), parseColor("#1e1d19")];

/** The text of `site/custom.css`; empty when the owner set neither colour nor CSS. */
export function customCss({ accentColor, css }: Pick<SiteSettings, "accentColor" | "css">): string {
  const parts = [accentColor === undefined ? "" : accentCss(parseColor(accentColor)), css ?? ""];
  return parts.filter((part) => part !== "").join("\n");
}

/** Whatever colour the owner chose, links in it stay readable on every ground of both themes. */
function accentCss(accent: Color): string {
  const light = variables(accent, mix(accent, WHITE, 0.9), LIGHT_GROUNDS, BLACK);
  const dark = variables(accent, mix(accent, parseColor("#161512"), 0.8), DARK_GROUNDS, WHITE);
  return `:root{${light}}
@media screen{:root[data-theme="dark"]{${dark}}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){${dark}}}
`;
}

function variables(accent: Color, soft: Color, grounds: readonly Color[], towards: Color): string {
  const readable = readableOn(accent, [...grounds, soft], towards);
  return `--accent:${colorText(readable)};--on-accent:${colorText(inkOn(readable))};--accent-soft:${colorText(soft)}`;
}
