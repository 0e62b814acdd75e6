import { describe, expect, it, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import type { Facts } from "../../src/feed/facts.js";
import { factsFor, parseFactsFile } from "../../src/feed/facts-file.js";
import { parseVersion } from "../../src/nuget/version.js";
import { testId } from "../support/records.js";

const id = testId("contoso.core");

/** What one or more files say of a version of Contoso.Core; the first file wins. */
function factsOf(version: string, ...files: readonly Readonly<Record<string, unknown>>[]): Facts | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined) throw new Error(`no version: ${version}`);
  const maps = files.map(
    (versions) => parseFactsFile(JSON.stringify({ "Contoso.Core": versions }), "f").facts,
  );
  return factsFor(maps, id, parsed);
}

describe("facts", () => {
  it("apply to the version that they name, in any spelling", () => {
    const file = { "1.0": { listed: false } };
    expect(factsOf("1.0.0", file)).toEqual({ listed: false });
    expect(factsOf("1.0.0+build", file)).toEqual({ listed: false });
    expect(factsOf("1.0.1", file)).toBeUndefined();
    expect(factsOf("1.0.0-RC", { "1.0.0-rc": { verified: true } })).toEqual({ verified: true });
  });

  it("apply to every version of a range, and with a star to all", () => {
    const file = { "[1.0,2.0)": { listed: false }, "*": { owners: ["contoso"] } };
    expect(factsOf("1.5.0", file)).toEqual({ listed: false, owners: ["contoso"] });
    expect(factsOf("2.0.0", file)).toEqual({ owners: ["contoso"] });
  });

  it("of other ids are not mixed up", () => {
    const { facts } = parseFactsFile('{"Contoso.Base": {"*": {"listed": false}}}', "f");
    expect(
      factsFor([facts], id, { major: 1, minor: 0, patch: 0, revision: 0, labels: [], original: "1.0" }),
    ).toBeUndefined();
  });

  it("find their id in any letter case", () => {
    const { facts } = parseFactsFile('{"CONTOSO.core": {"*": {"listed": false}}}', "f");
    expect(facts.get(id)).toMatchObject({ id: "CONTOSO.core" });
  });

  test.each([
    [
      "exact before range and star",
      { "1.0.0": { listed: true }, "*": { listed: false }, "[1.0,]": { listed: false } },
      true,
    ],
    ["range before star", { "[1.0,)": { listed: true }, "*": { listed: false } }, true],
    ["star before nothing", { "*": { listed: true } }, true],
    ["the later of two ranges", { "[1.0,)": { listed: false }, "(,2.0]": { listed: true } }, true],
  ])("count in the order: %s", (_, file, expected) => {
    expect(factsOf("1.0.0", file)).toEqual({ listed: expected });
  });

  it("are mixed fact by fact", () => {
    const file = { "*": { listed: false, owners: ["contoso"] }, "1.0.0": { listed: true } };
    expect(factsOf("1.0.0", file)).toEqual({ listed: true, owners: ["contoso"] });
  });

  it("of the first file win, however exact the others are", () => {
    const own = { "*": { listed: true } };
    const upstream = { "1.0.0": { listed: false, verified: true } };
    expect(factsOf("1.0.0", own, upstream)).toEqual({ listed: true, verified: true });
  });

  it("name the versions that the file gives one by one", () => {
    const text = '{"Contoso.Core": {"*": {}, "1.0": {}, "[2.0,)": {}, "3.0.0-rc": {}}}';
    expect(parseFactsFile(text, "f").facts.get(id)?.exactVersions).toEqual(["1.0", "3.0.0-rc"]);
  });
});

describe("a facts file", () => {
  it("may begin with a byte order mark and name its schema", () => {
    const { facts, problems } = parseFactsFile(
      '\uFEFF{"$schema": "./packages.schema.json"}',
      "packages.json",
    );
    expect([facts.size, problems]).toEqual([0, []]);
  });

  it("may have keys that mean nothing, which are told with the nearest one that does", () => {
    const file = {
      "Contoso.Core": {
        "1.0.0": { lsited: false, color: "red", deprecation: { reasons: ["Legacy"], mesage: "x" } },
        "2.0.0": {
          deprecation: { reasons: ["Legacy"], alternatePackage: { id: "A", versions: "*" } },
          vulnerabilities: [{ advisoryUrl: "https://example.com", severity: 1, advisoryurl: "x" }],
        },
      },
    };
    const { facts, problems } = parseFactsFile(JSON.stringify(file), "packages.json");
    expect(problems).toEqual([
      'Cannot use facts of "packages.json": Contoso.Core 1.0.0: unknown key "lsited"; did you mean "listed"?',
      'Cannot use facts of "packages.json": Contoso.Core 1.0.0: unknown key "color"',
      'Cannot use facts of "packages.json": Contoso.Core 1.0.0: unknown key "mesage" in deprecation; did you mean "message"?',
      'Cannot use facts of "packages.json": Contoso.Core 2.0.0: unknown key "versions" in alternatePackage',
      'Cannot use facts of "packages.json": Contoso.Core 2.0.0: unknown key "advisoryurl" in a vulnerability; did you mean "advisoryUrl"?',
    ]);
    expect(facts.get(id)?.rules[0]?.facts).toEqual({ deprecation: { reasons: ["Legacy"] } });
  });

  test.each([
    ["", /^Cannot read "packages.json": it is not JSON/],
    ["{", /^Cannot read "packages.json": it is not JSON/],
    ["[]", 'Cannot use facts of "packages.json": [] is not an object with package ids as keys'],
    ["null", 'Cannot use facts of "packages.json": null is not an object with package ids as keys'],
    ['{"a b": {}}', 'Cannot use facts of "packages.json": "a b" is no package id'],
    [
      '{"A": {}, "a": {}}',
      'Cannot use facts of "packages.json": "a" stands there twice, in different letter case',
    ],
    [
      '{"A": []}',
      'Cannot use facts of "packages.json": A: [] is not an object with versions, ranges or * as keys',
    ],
    [
      '{"A": {"latest": {}}}',
      'Cannot use facts of "packages.json": A: "latest" is no version such as 1.0.0, no range such as [1.0,2.0) and not *',
    ],
    [
      '{"A": {"1.*": {"listed": false}}}',
      'Cannot use facts of "packages.json": A: "1.*" is no version such as 1.0.0, no range such as [1.0,2.0) and not *',
    ],
    [
      '{"A": {"1.0": {}, "1.0.0": {}}}',
      'Cannot use facts of "packages.json": A: "1.0" and "1.0.0" are the same version',
    ],
    ['{"A": {"*": true}}', 'Cannot use facts of "packages.json": A *: the value true is no object'],
  ])("%s is refused with its place", (text, message) => {
    const parse = () => parseFactsFile(text, "packages.json");
    expect(parse).toThrow(FeedError);
    expect(parse).toThrow(message);
  });
});
