/** Small functions that make texts: each by a table. */
import { describe, expect, test } from "vitest";
import { clipText } from "../../src/site/clip-text.js";
import { counted, groupDigits } from "../../src/site/counted.js";
import { directionOf } from "../../src/site/direction.js";
import { marksOf } from "../../src/site/marks.js";
import { escapeXml } from "../../src/site/xml.js";

describe("clipText", () => {
  test.each([
    ["short", 10, "short"],
    ["  two\n\tlines ", 20, "two lines"],
    ["one two three four", 12, "one two…"],
    ["nowordstocutbetween", 5, "nowor…"],
    ["ends here, and goes on", 11, "ends here…"],
    ["ab😀cd", 3, "ab…"],
    ["", 5, ""],
  ])("%j to %d characters is %j", (text, length, expected) => {
    expect(clipText(text, length)).toBe(expected);
  });
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("%d is written %s", (count, expected) => {
  expect(groupDigits(count)).toBe(expected);
});

test("one thing is not several", () => {
  expect([counted(1, "package"), counted(0, "package")]).toEqual(["1 package", "0 packages"]);
});

test.each([
  ["en", "ltr"],
  ["ar-EG", "rtl"],
  ["he", "rtl"],
  ["az-Arab", "rtl"],
  ["uz-Latn-UZ", "ltr"],
  ["pa-PK", "ltr"],
])("%s is written %s", (language, expected) => {
  expect(directionOf(language)).toBe(expected);
});

describe("escapeXml", () => {
  test("leaves nothing that means something to XML", () => {
    expect(escapeXml(`<a b="c" d='e'>&amp;`)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
  });

  test("leaves out what XML cannot hold at all", () => {
    expect(escapeXml("a\u0000\u001b\ufffe\ud800b\tc😀")).toBe("ab\tc😀");
  });
});

describe("marks", () => {
  test("come with the most serious first", () => {
    const marks = marksOf({ isPrerelease: true, isDeprecated: true, isVulnerable: true, isUnlisted: true });
    expect(marks.map(({ kind }) => kind)).toEqual(["vulnerable", "deprecated", "unlisted", "prerelease"]);
  });

  test("name package types once, and no library", () => {
    expect(marksOf({ packageTypes: ["Dependency", "dotnetTool", "DotnetTool", "Custom"] })).toEqual([
      { kind: "type", text: "tool" },
    ]);
  });
});
