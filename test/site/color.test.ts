/** Contrast of everything that is read: the tokens of both themes, and whatever accent an owner chooses. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrast, inkOn, parseColor, READABLE, readableOn, WHITE } from "../../src/site/color.js";
import { customCss } from "../../src/site/custom-css.js";

const tokens = readFileSync("templates/css/tokens.css", "utf8");
const [light = "", dark = "", darkBySystem = ""] = tokens.split("@media screen");

function variables(css: string): ReadonlyMap<string, string> {
  return new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** What is written, and all grounds on which it is. */
const pairs = [
  ["ink", ["paper", "sheet", "sunken", "accent-soft", "warn-soft", "bad-soft", "good-soft"]],
  ["ink-muted", ["paper", "sheet", "sunken"]],
  ["accent", ["paper", "sheet", "sunken", "accent-soft"]],
  ["on-accent", ["accent"]],
  ["good", ["good-soft", "sheet"]],
  ["warn", ["warn-soft", "sheet"]],
  ["bad", ["bad-soft", "sheet"]],
].flatMap(([text, grounds]) => [grounds].flat().map((ground) => [String(text), String(ground)] as const));

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_name, css) => {
  const colors = variables(css);
  const color = (name: string) => parseColor(colors.get(name) ?? "");

  test.each(pairs)("lets %s be read on %s", (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(READABLE);
  });

  test.each(["paper", "sheet"])("lets the edges of fields be seen on %s", (ground) => {
    expect(contrast(color("line-strong"), color(ground))).toBeGreaterThanOrEqual(3);
  });
});

test("the dark theme is the same by choice and by the system's", () => {
  expect(variables(darkBySystem)).toEqual(variables(dark));
});

describe("the owner's accent colour", () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

  test("can be read in both themes, whatever it is", () => {
    fc.assert(
      fc.property(hex, (accentColor) => {
        const themes = customCss({ accentColor }).split("\n").slice(0, 3).map(variables);
        for (const [n, theme] of themes.entries()) {
          const own = (name: string) => parseColor(theme.get(name) ?? "");
          const grounds = variables(n === 0 ? light : dark);
          for (const ground of ["paper", "sheet", "sunken"]) {
            expect(contrast(own("accent"), parseColor(grounds.get(ground) ?? ""))).toBeGreaterThanOrEqual(
              READABLE,
            );
          }
          expect(contrast(own("accent"), own("accent-soft"))).toBeGreaterThanOrEqual(READABLE);
          expect(contrast(own("on-accent"), own("accent"))).toBeGreaterThanOrEqual(READABLE);
        }
      }),
    );
  });

  test("stays as it is where it can be read", () => {
    expect(readableOn(parseColor("#2547c7"), [WHITE], [0, 0, 0])).toEqual([0x25, 0x47, 0xc7]);
  });

  test("has ink on it that can be read", () => {
    fc.assert(
      fc.property(hex, (color) => {
        const ground = parseColor(color);
        expect(contrast(inkOn(ground), ground)).toBeGreaterThanOrEqual(READABLE);
      }),
    );
  });

  test("and the owner's CSS make a file only where the owner said something", () => {
    expect(customCss({})).toBe("");
    expect(customCss({ css: "h1{color:red}" })).toBe("h1{color:red}");
    expect(customCss({ accentColor: "#ffd54a", css: "h1{color:red}" })).toMatch(
      /^:root\{--accent:#[^]*\nh1\{color:red\}$/,
    );
  });
});
