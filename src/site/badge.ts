/**
 * Badges: the latest version of an id, as a picture for READMEs and as the JSON of a badge service (its "endpoint" form).
 */
import type { FeedPackage } from "../feed/feed-package.js";
import type { BadgeKind } from "../feed/site-urls.js";
import { isPrerelease, normalizedVersion } from "../nuget/version.js";
import { colorText, inkOn, parseColor } from "./color.js";
import { escapeXml } from "./xml.js";

export interface Badge {
  readonly label: string;
  readonly message: string;
  /** `#rrggbb` */
  readonly color: string;
}

const PRERELEASE_COLOR = "#9a5b00";
const NONE_COLOR = "#5d584d";

/**
 * @param kind `stable`: the highest listed stable version; `prerelease`: the highest listed one of all
 * @param accentColor `#rrggbb`, the ground of stable versions
 */
export function badgeOf({ versions }: FeedPackage, kind: BadgeKind, accentColor: string): Badge {
  const listed = versions.filter(({ isListed }) => isListed);
  const latest = kind === "stable" ? listed.findLast(({ version }) => !isPrerelease(version)) : listed.at(-1);
  if (latest === undefined) return { label: "nuget", message: "no version", color: NONE_COLOR };
  const color = isPrerelease(latest.version) ? PRERELEASE_COLOR : accentColor;
  return { label: "nuget", message: `v${normalizedVersion(latest.version)}`, color };
}

export function renderBadgeJson({ label, message, color }: Badge): string {
  return JSON.stringify({ schemaVersion: 1, label, message, color });
}

const PADDING = 7;
const HEIGHT = 20;

/** The texts are fitted to the widths that were reckoned, whatever font the reader has. */
export function renderBadgeSvg({ label, message, color }: Badge): string {
  const [labelWidth, messageWidth] = [textWidth(label), textWidth(message)];
  const start = labelWidth + 2 * PADDING;
  const width = start + messageWidth + 2 * PADDING;
  const ink = colorText(inkOn(parseColor(color)));
  const name = escapeXml(`${label}: ${message}`);
  const text = (x: number, length: number, fill: string, content: string): string =>
    `<text x="${x}" y="14" textLength="${length}" fill="${fill}">${escapeXml(content)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${name}">
<title>${name}</title>
<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${start}" height="${HEIGHT}" fill="#3a372f"/><rect x="${start}" width="${width - start}" height="${HEIGHT}" fill="${color}"/></g>
<g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(PADDING, labelWidth, "#ffffff", label)}${text(start + PADDING, messageWidth, ink, message)}</g>
</svg>
`;
}

/** In pixels, for a sans-serif face of 11 pixels. */
function textWidth(text: string): number {
  const widths = Array.from(text, (character) => {
    if (/[.,:;|!ijl]/.test(character)) return 3.8;
    if (/[-frt]/.test(character)) return 4.8;
    return /[mwMW]/.test(character) ? 10.5 : 7;
  });
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0));
}
