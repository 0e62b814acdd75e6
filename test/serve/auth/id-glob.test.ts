import fc from "fast-check";
import { expect, test } from "vitest";
import { isIdGlob, matchesIdGlob } from "../../../src/serve/auth/id-glob.js";
import { testKey } from "../../support/ids.js";

test.each([
  ["Contoso.Core", "contoso.core", true],
  ["Contoso.Core", "contoso.core.text", false],
  ["Contoso.*", "contoso.core", true],
  ["Contoso.*", "contoso", false],
  ["Contoso.*", "contosox", false],
  ["Contoso.*", "evil.contoso.core", false],
  ["*", "anything", true],
  ["*.Core", "contoso.core", true],
  ["*.Core", "contoso.core.text", false],
  ["C*.T*.Net", "contoso.text.net", true],
  ["C*.T*.Net", "contoso.net", false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["ab*bc", "abc", false],
  ["a**b", "axb", true],
  ["ÄÖ.*", "äö.kern", true],
])("%s covers %s: %s", (glob, id, expected) => {
  expect(matchesIdGlob(testKey(id), glob)).toBe(expected);
});

test("covers what the same regular expression matches", () => {
  const letters = (...units: string[]) =>
    fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(letters("a", "b", "*"), letters("a", "b"), (glob, id) => {
      const expression = new RegExp(`^${glob.replaceAll("*", ".*")}$`);
      expect(matchesIdGlob(testKey(id), glob)).toBe(expression.test(id));
    }),
  );
});

test("a glob of many stars takes no longer than another one", () => {
  const id = testKey(`${"a".repeat(99)}b`);
  const started = performance.now();
  expect(matchesIdGlob(id, `${"*a".repeat(49)}*c`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(100);
});

test.each([
  ["Contoso.*", true],
  ["*", true],
  ["ÄÖ_1-x", true],
  ["", false],
  ["Contoso.?", false],
  ["Contoso/Core", false],
  ["a b", false],
  ["a".repeat(101), false],
])("%j can be a glob: %s", (text, expected) => {
  expect(isIdGlob(text)).toBe(expected);
});
