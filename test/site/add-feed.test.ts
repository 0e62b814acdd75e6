import { describe, expect, test } from "vitest";
import { addFeedWays } from "../../src/site/add-feed.js";
import { idPatterns } from "../../src/site/id-patterns.js";
import type { FeedAccess } from "../../src/site/named-feed.js";
import { testId } from "../support/ids.js";

const access: FeedAccess = {
  source: "https://feed.example.com/v3/index.json",
  isPrivate: false,
  patterns: { patterns: ["Contoso.*"], isPartial: false },
};

function codeOf(key: string, changes: Partial<FeedAccess> = {}): string {
  const way = addFeedWays({ ...access, ...changes }).find((way) => way.key === key);
  return way?.steps.map(({ code = "" }) => code).join("\n") ?? "";
}

describe("ways to add a feed", () => {
  test("are one per client, with the real address in each", () => {
    const ways = addFeedWays(access);
    expect(ways.map(({ label }) => label)).toEqual([
      ".NET CLI",
      "nuget.config",
      "Visual Studio",
      "Paket",
      "PowerShell",
    ]);
    for (const { key } of ways) expect(codeOf(key)).toContain(access.source);
  });

  test("give credentials where readers need them, and never in the shared file itself", () => {
    expect(codeOf("dotnet", { isPrivate: true })).toContain("--username YOUR_NAME --password YOUR_TOKEN");
    expect(codeOf("config", { isPrivate: true })).toContain(
      '<add key="ClearTextPassword" value="%FEED_TOKEN%" />',
    );
    expect(codeOf("paket", { isPrivate: true })).toContain('password: "%FEED_TOKEN%"');
    expect(codeOf("config")).not.toContain("packageSourceCredentials");
  });

  test("allow plain http where the address is not encrypted", () => {
    const source = "http://127.0.0.1:5080/v3/index.json";
    expect(codeOf("dotnet", { source })).toBe(
      `dotnet nuget add source ${source} --name feed --allow-insecure-connections`,
    );
    expect(codeOf("config", { source })).toContain('allowInsecureConnections="true"');
  });

  test("map the feed's ids to it, and all others to where they came from before", () => {
    const config = codeOf("config");
    expect(config).toContain('<packageSource key="feed.example.com">\n      <package pattern="Contoso.*" />');
    expect(config).toContain('<package pattern="*" />');
    expect(codeOf("config", { patterns: { patterns: [], isPartial: false } })).not.toContain(
      "packageSourceMapping",
    );
  });

  test("go on with a package of the feed", () => {
    expect(codeOf("dotnet", { example: testId("Contoso.Core") })).toContain(
      "dotnet add package Contoso.Core",
    );
  });
});

describe("patterns of ids", () => {
  test("cover all ids with the same first word, and that word itself", () => {
    const ids = ["Contoso.Core", "contoso.Text", "Contoso", "Single.Package", "Alone"].map(testId);
    expect(idPatterns(ids)).toEqual({
      patterns: ["Alone", "Contoso", "Contoso.*", "Single.Package"],
      isPartial: false,
    });
  });

  test("are the most useful ones where there are many", () => {
    const ids = ["Big.A", "Big.B", ..."a b c d e f g h i j".split(" ")].map(testId);
    const { patterns, isPartial } = idPatterns(ids);
    expect(patterns).toContain("Big.*");
    expect(patterns).toHaveLength(8);
    expect(isPartial).toBe(true);
  });
});
