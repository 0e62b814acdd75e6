import { describe, expect, test } from "vitest";
import { byteSize } from "../../../src/site/package/byte-size.js";
import { frameworkLabel } from "../../../src/site/package/framework-label.js";
import { licenseParts } from "../../../src/site/package/license.js";
import { longText } from "../../../src/site/package/long-text.js";
import { rangeWords } from "../../../src/site/package/range-words.js";
import {
  isPrereleaseText,
  lowerText,
  majorText,
  normalizedText,
} from "../../../src/site/package/version-text.js";

describe("a size", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [25_231, "25.2 kB"],
    [99_949, "99.9 kB"],
    [99_950, "100 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [5e12, "5.0 TB"],
  ])("of %i bytes is %s", (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });
});

describe("a range", () => {
  test.each([
    ["[1.0.0, )", "1.0.0 or newer"],
    ["(1.0.0, )", "newer than 1.0.0"],
    ["[1.0.0, 1.0.0]", "exactly 1.0.0"],
    ["[1.0.0]", "exactly 1.0.0"],
    ["[1.0.0, 2.0.0)", "1.0.0 or newer, below 2.0.0"],
    ["(1.0.0, 2.0.0]", "newer than 1.0.0, up to 2.0.0"],
    ["(, 2.0.0]", "2.0.0 or older"],
    ["(, 2.0.0)", "older than 2.0.0"],
    ["(, )", "any version"],
    ["[1.0.*, )", "1.0.* or newer"],
    ["<b>", "<b>"],
  ])("%s is in words: %s", (range, words) => {
    expect(rangeWords(range)).toBe(words);
  });
});

describe("a framework", () => {
  test.each([
    ["net8.0", ".NET 8.0"],
    ["net8.0-windows10.0.19041", ".NET 8.0 (windows10.0.19041)"],
    ["net472", ".NET Framework 4.7.2"],
    ["net40-client", ".NET Framework 4.0 (client)"],
    ["net", ".NET Framework"],
    ["netstandard2.0", ".NET Standard 2.0"],
    ["netcoreapp3.1", ".NET Core 3.1"],
    ["uap10.0", "Universal Windows 10.0"],
    ["portable-net45+win8", "Portable (net45+win8)"],
    ["something", "something"],
  ])("%s is called %s", (name, label) => {
    expect(frameworkLabel(name)).toBe(label);
  });
});

describe("a licence expression", () => {
  test("links each licence and exception, and no operator", () => {
    const parts = licenseParts("(MIT OR GPL-2.0+ WITH Classpath-exception-2.0) AND LicenseRef-Own");
    expect(parts.map(({ text }) => text).join("")).toBe(
      "(MIT OR GPL-2.0+ WITH Classpath-exception-2.0) AND LicenseRef-Own",
    );
    expect(parts.flatMap(({ href }) => href ?? [])).toEqual([
      "https://licenses.nuget.org/MIT",
      "https://licenses.nuget.org/GPL-2.0",
      "https://licenses.nuget.org/Classpath-exception-2.0",
    ]);
  });

  test("that is none stays text", () => {
    expect(licenseParts('"><script>').filter(({ href }) => href?.includes("<"))).toEqual([]);
    expect(licenseParts("x".repeat(100_000))).toEqual([{ text: "x".repeat(500) }]);
  });
});

describe("a long text", () => {
  test.each([
    [undefined, undefined],
    [" \n ", undefined],
    ["a\r\nb", { text: "a\nb" }],
    ["one two three", { text: "one two", isCut: true }],
    ["x".repeat(20), { text: "x".repeat(10), isCut: true }],
    [`${" ".repeat(30)}x`, { text: "x" }],
  ])("%j is cut to %j", (text, expected) => {
    expect(longText(text, 10)).toEqual(expected);
  });

  test("does not end in half a character", () => {
    expect(longText(`${"x".repeat(9)}😀${"y".repeat(100)}`, 10)?.text).toBe("x".repeat(9));
  });
});

describe("the text of a version", () => {
  test("says its forms", () => {
    const version = "2.1.0-RC.1+build.5-x";
    expect(normalizedText(version)).toBe("2.1.0-RC.1");
    expect(lowerText(version)).toBe("2.1.0-rc.1");
    expect(majorText(version)).toBe("2");
    expect(isPrereleaseText(version)).toBe(true);
    expect(isPrereleaseText("1.0.0+a-b")).toBe(false);
  });
});
