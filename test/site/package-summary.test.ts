import { describe, expect, test } from "vitest";
import { packageCard } from "../../src/site/package-card.js";
import { packageSummary, SUMMARY_LENGTH } from "../../src/site/package-summary.js";
import { testPackage } from "../support/records.js";

const published = (time: string) => ({ facts: { input: { published: time } } });

describe("the summary of an id", () => {
  test("is about the highest stable version, and tells which was published last", () => {
    const summary = packageSummary(
      testPackage([
        { version: "1.0.0", ...published("2025-01-01T00:00:00+00:00") },
        { version: "2.0.0", ...published("2024-01-01T00:00:00+00:00") },
        { version: "3.0.0-rc.1", ...published("2023-01-01T00:00:00+00:00") },
      ]),
    );
    expect(summary).toMatchObject({
      key: "contoso.core",
      latest: { version: "2.0.0" },
      newest: { version: "1.0.0", published: "2025-01-01T00:00:00+00:00" },
    });
    expect(summary?.latest).not.toHaveProperty("isPrerelease");
  });

  test("is about a prerelease where there is nothing else", () => {
    expect(packageSummary(testPackage([{ version: "1.0.0-a" }]))).toMatchObject({
      latest: { version: "1.0.0-a", isPrerelease: true },
    });
  });

  test("is none without a listed version", () => {
    expect(packageSummary(testPackage([{ facts: { input: { listed: false } } }]))).toBeUndefined();
  });

  test("stays small whatever a package says", () => {
    const long = "word ".repeat(300_000);
    const packageTypes = Array.from({ length: 1000 }, (_, n) => ({ name: `Type${n}` }));
    const summary = packageSummary(
      testPackage([{ metadata: { description: long, authors: long, packageTypes } }]),
    );
    expect(JSON.stringify(summary).length).toBeLessThan(800);
    expect(summary?.description?.length).toBeLessThanOrEqual(SUMMARY_LENGTH + 1);
    expect(summary?.description).toMatch(/word…$/);
  });

  test("leaves out pictures over plain http, which pages do not load", () => {
    const summary = (iconUrl: string) => packageSummary(testPackage([{ metadata: { iconUrl } }]))?.icon;
    expect(summary("http://example.com/a.png")).toBeUndefined();
    expect(summary("https://example.com/a.png")).toBe("https://example.com/a.png");
  });
});

describe("a card", () => {
  test("links to the version that it is about, and resolves the icon", () => {
    const summary = packageSummary(
      testPackage([
        { version: "1.0.0", icon: "ab.png", ...published("2024-01-01T00:00:00+00:00") },
        { version: "2.0.0-b", ...published("2025-01-01T00:00:00+00:00") },
      ]),
    );
    if (summary === undefined) throw new Error("no summary");
    expect(packageCard(summary, "../")).toMatchObject({
      href: "../packages/contoso.core/",
      version: "1.0.0",
      icon: "../v3/assets/ab.png",
      published: "2024-01-01",
      marks: [],
    });
    expect(packageCard(summary, "../", summary.newest)).toMatchObject({
      href: "../packages/contoso.core/#2.0.0-b",
      marks: [{ kind: "prerelease" }],
    });
  });
});
