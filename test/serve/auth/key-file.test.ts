import { describe, expect, test } from "vitest";
import type { ApiKey } from "../../../src/serve/auth/api-key.js";
import { encodeKeyFile, parseKeyFile } from "../../../src/serve/auth/key-file.js";

const ci: ApiKey = {
  name: "ci",
  hash: "0".repeat(64),
  scopes: ["push", "unlist"],
  created: "2026-01-01T00:00:00Z",
};
const contoso: ApiKey = {
  name: "Contoso",
  hash: "f".repeat(64),
  scopes: ["read", "push", "unlist", "delete"],
  ids: ["Contoso.*", "Fabrikam"],
  created: "2026-02-03T04:05:06Z",
  expires: "2027-01-31T00:00:00Z",
};
const secret = "nupress_AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK";

describe("a file of keys", () => {
  test("comes back as it was written", () => {
    expect(parseKeyFile(encodeKeyFile([ci, contoso]), '"keys.json"')).toEqual([ci, contoso]);
    expect(parseKeyFile(encodeKeyFile([]), '"keys.json"')).toEqual([]);
  });

  test("is the same text whatever the order of properties and scopes", () => {
    const { created, hash, name } = ci;
    const other: ApiKey = { created, scopes: ["unlist", "push"], hash, name };
    expect(encodeKeyFile([other])).toBe(encodeKeyFile([ci]));
  });

  test("may begin with a byte order mark, as editors write it", () => {
    expect(parseKeyFile(`\uFEFF${encodeKeyFile([ci])}`, '"keys.json"')).toEqual([ci]);
  });

  test("may give times as days", () => {
    const text = JSON.stringify({ keys: [{ ...ci, created: "2026-01-01", expires: "2028-02-29" }] });
    expect(parseKeyFile(text, '"keys.json"')).toMatchObject([{ expires: "2028-02-29" }]);
  });
});

describe("a file of keys that cannot be used", () => {
  const entry = (changed: object): string => JSON.stringify({ keys: [contoso, { ...ci, ...changed }] });
  const place = '"keys.json", entry 2 ("ci")';

  test.each([
    ["no JSON", secret, '"keys.json": it is not JSON'],
    ["cut off", `{"keys": ["${secret}`, '"keys.json": it is not JSON'],
    ["a list", "[]", '"keys.json": it is no object with a list "keys"'],
    ["no keys", "{}", '"keys.json": it is no object with a list "keys"'],
    ["a text as entry", `{"keys": ["${secret}"]}`, '"keys.json", entry 1: it is no object'],
    ["no name", '{"keys": [{}]}', '"keys.json", entry 1: its name cannot be used'],
    ["a key as name", entry({ name: secret }), '"keys.json", entry 2: its name cannot be used'],
    ["a key as hash", entry({ hash: secret }), `${place}: its hash cannot be used; needed is the SHA-256`],
    ["an upper-case hash", entry({ hash: "A".repeat(64) }), `${place}: its hash cannot be used`],
    ["a key as property", entry({ [secret]: 1 }), `${place}: it has a property that means nothing`],
    [
      "a misspelt property",
      entry({ expire: "2027-01-31" }),
      `${place}: it has a property that means nothing`,
    ],
    [
      "no scopes",
      entry({ scopes: [] }),
      `${place}: its scopes cannot be used; needed is a list of read, push`,
    ],
    ["an unknown scope", entry({ scopes: ["push", secret] }), `${place}: its scopes cannot be used`],
    ["scopes as text", entry({ scopes: "push" }), `${place}: its scopes cannot be used`],
    ["no ids", entry({ ids: [] }), `${place}: its ids cannot be used`],
    ["ids that are none", entry({ ids: ["a b"] }), `${place}: its ids cannot be used`],
    [
      "no time",
      entry({ created: undefined }),
      `${place}: its created cannot be used; needed is a day or a time`,
    ],
    ["no day", entry({ expires: "2027-02-30" }), `${place}: its expires cannot be used`],
    [
      "a time without zone",
      entry({ expires: "2027-02-03T04:05:06" }),
      `${place}: its expires cannot be used`,
    ],
    ["null for never", entry({ expires: null }), `${place}: its expires cannot be used`],
    ["a name twice", entry({ name: "CONTOSO" }), '"keys.json": there are two keys called "CONTOSO"'],
    ["a hash twice", entry({ hash: contoso.hash }), '"keys.json": the key "ci" has the hash of another one'],
  ])("%s", (_, text, message) => {
    let error: unknown;
    try {
      parseKeyFile(text, '"keys.json"');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "FeedError", code: "keys-invalid" });
    expect(String(error)).toContain(`Cannot read the keys of ${message}`);
    expect(error).not.toHaveProperty("cause");
    expect(JSON.stringify([error, String(error)])).not.toContain("nupress_");
  });

  test("tells which property may have been meant", () => {
    expect(() => parseKeyFile(entry({ expire: "2027-01-31" }), '"keys.json"')).toThrow(
      expect.objectContaining({ hint: 'did you mean "expires"?' }),
    );
  });
});
