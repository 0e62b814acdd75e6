/**
 * Package ids: which texts are ids, and their lower-case form.
 */
import { expect, test } from "vitest";
import { lowerId, parsePackageId } from "../../src/nuget/id.js";

test.each(["a", "_", "1", "Contoso.Core", "a-b_c.d", "Foo.1", "Ünïcode.Пакет", "e\u0301", "a".repeat(100)])(
  "%j is a package id, kept as written",
  (text) => {
    expect(parsePackageId(text)).toBe(text);
  },
);

test.each([
  "",
  ".a",
  "a.",
  "-a",
  "a-",
  "a..b",
  "a.-b",
  "a b",
  "a/b",
  "a\\b",
  "..",
  "a+b",
  "$id$",
  "a\n",
  "\na",
  "a\u0000",
  "𝒜",
  "क\u093e",
  "a".repeat(101),
])("%j is no package id", (text) => {
  expect(parsePackageId(text)).toBeUndefined();
});

test.each([
  ["Contoso.Core", "contoso.core"],
  ["ÄÖ", "äö"],
  ["İstanbul", "İstanbul"],
  ["ΟΔΟΣ", "οδοσ"],
  ["Ⅻ", undefined],
])("%s in lower case is %s", (text, lower) => {
  const id = parsePackageId(text);
  expect(id && lowerId(id)).toBe(lower);
});
