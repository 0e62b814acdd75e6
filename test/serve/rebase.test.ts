import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rebaseJson } from "../../src/serve/rebase.js";

const from = "https://contoso.example.com/my.feed/";
const to = "http://localhost:5080/";

function rebase(document: unknown, space?: number): unknown {
  const json = new TextEncoder().encode(JSON.stringify(document, undefined, space));
  return JSON.parse(new TextDecoder().decode(rebaseJson(json, from, to)));
}

describe("addresses of the feed", () => {
  test.each([undefined, 2])("are replaced as values of objects and items of arrays (indent %s)", (space) => {
    const document = {
      "@id": `${from}v3/index.json`,
      list: [`${from}v3/a`, `${from}v3/b`],
      deep: [{ x: `${from}v3/` }],
    };
    expect(rebase(document, space)).toEqual({
      "@id": `${to}v3/index.json`,
      list: [`${to}v3/a`, `${to}v3/b`],
      deep: [{ x: `${to}v3/` }],
    });
  });

  test("keep the braces of templates", () => {
    expect(rebase([`${from}v3/flat/{lower_id}/readme`])).toEqual([`${to}v3/flat/{lower_id}/readme`]);
  });

  test.each([
    `see ${from}v3/index.json`,
    `"${from}v3/index.json"`,
    `: "${from}v3/index.json"`,
    `\\"${from}v3/index.json`,
    `,"${from}v3/`,
    `${from}packages/a`,
    "https://contoso.example.com/myXfeed/v3/index.json",
    `${from.toUpperCase()}v3/`,
  ])("stay in the text %j", (text) => {
    expect(rebase({ description: text, tags: [text] })).toEqual({ description: text, tags: [text] });
  });

  test("are put in literally, whatever characters the new address has", () => {
    const json = new TextEncoder().encode(JSON.stringify([`${from}v3/`]));
    expect(new TextDecoder().decode(rebaseJson(json, from, "http://h/$&$1/"))).toBe('["http://h/$&$1/v3/"]');
  });

  test("are replaced exactly where a string value begins with them, in any document", () => {
    const piece = fc.constantFrom(`${from}v3/`, from, "v3/", '"', "\\", ":", ",", "[", " ", "x", "é");
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    const document = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), tie("array"), tie("object")),
      array: fc.array(tie("value"), { maxLength: 4 }),
      object: fc.dictionary(fc.constantFrom("@id", "a", "b:"), tie("value")),
    })).value;
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 1), (value, space) => {
        expect(rebase(value, space)).toEqual(expected(value));
      }),
    );
  });
});

function expected(value: unknown): unknown {
  if (typeof value === "string")
    return value.startsWith(`${from}v3/`) ? to + value.slice(from.length) : value;
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expected(item)]));
}
