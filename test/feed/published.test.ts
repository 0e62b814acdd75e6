import { describe, expect, it, test } from "vitest";
import { normalizeTime, publishedText } from "../../src/feed/published.js";
import { type RecordOptions, testPackage } from "../support/records.js";

const entryTime = "2020-01-01T00:00:00+00:00";
const accepted = "2021-01-01T00:00:00+00:00";
const fact = "2022-01-01T00:00:00+00:00";

function textOf(options: RecordOptions): string | undefined {
  const [version] = testPackage([options]).versions;
  return version && publishedText(version);
}

describe("published", () => {
  test.each<readonly [string, RecordOptions, string | undefined]>([
    ["of the facts", { facts: { input: { published: fact } }, accepted, entryTime }, fact],
    ["of acceptance", { accepted, entryTime }, accepted],
    ["of the newest zip entry", { entryTime }, entryTime],
    ["of nothing, when nobody knows it", {}, undefined],
  ])("is the time %s", (_, options, expected) => {
    expect(textOf(options)).toBe(expected);
  });

  it("of an unlisted version is 1900, whoever unlisted it", () => {
    expect(textOf({ facts: { input: { listed: false, published: fact } } })).toBe(
      "1900-01-01T00:00:00+00:00",
    );
    expect(textOf({ facts: { api: { listed: false } }, accepted })).toBe("1900-01-01T00:00:00+00:00");
  });
});

describe("normalizeTime", () => {
  test.each([
    ["2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00"],
    ["2024-05-01T10:00:00+00:00", "2024-05-01T10:00:00+00:00"],
    ["2024-05-01T10:00:00.5Z", "2024-05-01T10:00:00.500+00:00"],
    ["2024-05-01T10:00:00.1234567Z", "2024-05-01T10:00:00.123+00:00"],
    ["2024-05-01T10:00:00.0000000Z", "2024-05-01T10:00:00+00:00"],
    ["2024-05-01T01:30:00+02:00", "2024-04-30T23:30:00+00:00"],
    ["2024-05-01T20:00:00-05:30", "2024-05-02T01:30:00+00:00"],
    ["2024-05-01T10:00", "2024-05-01T10:00:00+00:00"],
    ["2024-05-01T10:00:07", "2024-05-01T10:00:07+00:00"],
    ["2024-05-01", "2024-05-01T00:00:00+00:00"],
    ["2024-02-29", "2024-02-29T00:00:00+00:00"],
    ["1902-01-01", "1902-01-01T00:00:00+00:00"],
  ])("reads %s", (text, expected) => {
    expect(normalizeTime(text)).toBe(expected);
  });

  test.each([
    "",
    "yesterday",
    "2024",
    "2024-05",
    "2024-5-1",
    "05/01/2024",
    "2024-05-01 10:00:00",
    "2024-05-01T10",
    "2024-05-01T25:00:00Z",
    "2024-13-01",
    "2024-02-30",
    "2023-02-29",
    "2024-05-01T10:00:00+2:00",
    "1900-01-01T00:00:00+00:00",
    "1901-12-31",
    "1902-01-01T00:00:00+01:00",
    "0001-01-01T00:00:00",
    "9999-12-31T23:00:00-02:00",
  ])("takes %j for no time", (text) => {
    expect(normalizeTime(text)).toBeUndefined();
  });

  it("does not depend on the zone of the machine", () => {
    const zone = process.env["TZ"];
    try {
      process.env["TZ"] = "Pacific/Chatham";
      expect(normalizeTime("2024-05-01T10:00:00")).toBe("2024-05-01T10:00:00+00:00");
      expect(normalizeTime("2024-05-01")).toBe("2024-05-01T00:00:00+00:00");
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });
});
