import { describe, expect, test } from "vitest";
import { createKeyText, hashKey, isExpired, isKeyName } from "../../../src/serve/auth/api-key.js";

describe("the text of a new key", () => {
  test("has 256 bits in letters that need no escaping", () => {
    expect(createKeyText()).toMatch(/^nupress_[\w-]{43}$/);
  });

  test("is another one each time", () => {
    expect(new Set(Array.from({ length: 100 }, createKeyText)).size).toBe(100);
  });
});

test("the hash of a key is its SHA-256 in hex", async () => {
  expect(await hashKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test.each([
  ["2027-01-31T12:00:00Z", "2027-01-31T11:59:59.999Z", false],
  ["2027-01-31T12:00:00Z", "2027-01-31T12:00:00.000Z", true],
  ["2027-01-31", "2027-01-30T23:59:59.999Z", false],
  ["2027-01-31", "2027-01-31T00:00:00.000Z", true],
  [undefined, "9999-12-31T00:00:00.000Z", false],
])("a key that expires at %s is expired at %s: %s", (expires, now, expected) => {
  expect(isExpired(expires === undefined ? {} : { expires }, Date.parse(now))).toBe(expected);
});

test.each([
  ["ci", true],
  ["alice@example.com", true],
  ["9-b_c.d", true],
  ["a".repeat(64), true],
  ["", false],
  ["a".repeat(65), false],
  ["-ci", false],
  ["c i", false],
  ["ci\n", false],
  ["bär", false],
  ["Anonymous", false],
  [createKeyText(), false],
])("%j is the name of a key: %s", (name, expected) => {
  expect(isKeyName(name)).toBe(expected);
});
