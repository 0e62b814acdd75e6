import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type CorpusId, corpusIds, corpusPackage, extraId } from "../../bench/corpus.js";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { buildPackage } from "../support/package-builder.js";

describe("the corpus of a benchmark", () => {
  // Another digest makes figures of before incomparable: raise CORPUS_VERSION, so that corpora on disk are made again.
  test("has the same bytes wherever and whenever it is made", () => {
    const hash = createHash("sha256");
    for (const { file, options } of firstPackages(corpusIds(1000), 30)) {
      hash.update(file).update(buildPackage(options));
    }
    expect(hash.digest("hex").slice(0, 16)).toBe("a47b6900dee832ea");
  });

  test.each([1, 17, 1000, 10_000])("of %i packages holds as many versions, each once", (count) => {
    const files = corpusIds(count).flatMap((corpusId) =>
      Array.from({ length: corpusId.versions }, (_, n) => corpusPackage(corpusId, n).file),
    );
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(count);
    expect(files).toHaveLength(count);
  });

  test("has one id with very many versions and about ten for the others", () => {
    const [first, ...others] = corpusIds(10_000).map(({ versions }) => versions);
    expect(first).toBe(2000);
    expect(Math.max(...others)).toBeLessThanOrEqual(20);
    expect(8000 / others.length).toBeGreaterThan(7);
    expect(8000 / others.length).toBeLessThan(13);
  });

  test("is of packages that read without a warning", async () => {
    for (const { options } of firstPackages(corpusIds(100), 100)) {
      const inspected = await inspectPackage(bytesSource(buildPackage(options)));
      expect(inspected.warnings).toEqual([]);
    }
  });

  test("shares an icon among the versions of an id, and has prereleases and SemVer 2", () => {
    const [id] = corpusIds(1000);
    const packages = firstPackages(id === undefined ? [] : [id], 200);
    expect(new Set(packages.map(({ options }) => options.icon?.content)).size).toBe(1);
    const versions = packages.map(({ options }) => options.version);
    expect(versions.some((version) => /-beta\d+$/.test(version))).toBe(true);
    expect(versions.some((version) => /-rc\.\d+$/.test(version))).toBe(true);
  });

  test("goes on with versions that it does not hold", () => {
    const id = extraId("Contoso.Added", 10);
    expect(corpusPackage(id, 10).file).toMatch(/^Contoso\.Added\/Contoso\.Added\.1\.2\.0/);
  });
});

function firstPackages(ids: readonly CorpusId[], count: number) {
  return ids
    .flatMap((id) => Array.from({ length: id.versions }, (_, n) => ({ id, n })))
    .slice(0, count)
    .map(({ id, n }) => corpusPackage(id, n));
}
