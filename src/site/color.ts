/**
 * Colours as numbers: contrast as WCAG 2 counts it, and mixing.
 */

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** WCAG AA for text of any size. */
export const READABLE = 4.5;

/** @param hex `#rrggbb` */
export function parseColor(hex: string): Color {
  const part = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16);
  return [part(1), part(3), part(5)];
}

export function colorText(color: Color): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(a: Color, b: Color): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Color): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** `share` of `b` (0 to 1) in `a`. */
export function mix(a: Color, b: Color, share: number): Color {
  const part = (x: number, y: number): number => Math.round(x + (y - x) * share);
  return [part(a[0], b[0]), part(a[1], b[1]), part(a[2], b[2])];
}

export const WHITE: Color = [255, 255, 255];
export const BLACK: Color = [0, 0, 0];

/** White or black, whichever can be read better on the ground; one of them can on any. */
export function inkOn(ground: Color): Color {
  return contrast(WHITE, ground) >= contrast(BLACK, ground) ? WHITE : BLACK;
}

/** The colour itself where it can be read on all grounds, else so much nearer to `towards` that it can. */
export function readableOn(color: Color, grounds: readonly Color[], towards: Color): Color {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, towards, share);
    if (grounds.every((ground) => contrast(mixed, ground) >= READABLE)) return mixed;
  }
  return towards;
}
