import { expect, test } from "vitest";
import { reasonPhrase } from "../../../src/serve/http/reason-phrase.js";

test.each([
  ["Package Contoso 1.0.0 exists", "Package Contoso 1.0.0 exists"],
  [" two\r\nlines: 1\t", "two lines: 1"],
  ["Grün\u0000 \u{1f600}\u007f", "Gr?n? ??"],
  ["", ""],
  ["x".repeat(500), `${"x".repeat(397)}...`],
])("%j becomes %j", (text, phrase) => {
  expect(reasonPhrase(text)).toBe(phrase);
  expect(() => new Response("", { statusText: phrase })).not.toThrow();
});
