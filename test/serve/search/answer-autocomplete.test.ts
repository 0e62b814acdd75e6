/** Autocomplete as clients ask it over HTTP (protocol.md §6). */
import { describe, expect, it, test } from "vitest";
import { property } from "../../../src/feed/parsed-json.js";
import { complete, completed, everything, items, semVer2 } from "../../support/searched-feed.js";

describe("autocomplete as clients send it", () => {
  test.each<[string, string, unknown]>([
    ["the console", `?q=microsoft.ext&prerelease=false&${semVer2}`, "Microsoft.Extensions.Caching.Memory"],
    ["Paket", "?q=polly", "Polly"],
    ["a word within", "?q=sinks", "Serilog.Sinks.Console"],
    ["nobody", "", "Serilog.Sinks.Console"],
    ["an empty prefix", "?q=&take=1", "Serilog.Sinks.Console"],
  ])("%s, for ids: %s", async (_, query, first) => {
    const data = await completed(query);
    expect(Array.isArray(data) ? data[0] : undefined).toBe(first);
  });

  test.each<[string, readonly string[]]>([
    [
      `?${semVer2}&id=newtonsoft.json&take=100000&prerelease=true`,
      ["12.0.3", "13.0.1", "13.0.3", "13.0.4-beta1"],
    ],
    ["?id=Newtonsoft.Json", ["12.0.3", "13.0.1", "13.0.3"]],
    ["?ID=%20newtonsoft.json%20&take=1", ["12.0.3", "13.0.1", "13.0.3"]],
    ["?q=&id=Newtonsoft.Json", ["12.0.3", "13.0.1", "13.0.3"]],
    ["?id=semantic.second", ["1.0.0"]],
    ["?id=semantic.second&prerelease=true", ["1.0.0", "2.1.0-beta"]],
    [`?id=semantic.second&${semVer2}`, ["1.0.0", "2.0.0+build"]],
    ["?id=Unlisted.Only&prerelease=true", []],
    ["?id=Nobody.Knows", []],
    ["?id=no..id", []],
    ["?id=%E0%A4%A", []],
  ])("%s, for versions", async (query, versions) => {
    const response = await complete(query);
    expect(await response.json()).toEqual({
      "@context": { "@vocab": "http://schema.nuget.org/schema#" },
      data: versions,
    });
  });

  it("answers with ids where both are asked for, as the public gallery does", async () => {
    const response = await complete("?id=Newtonsoft.Json&q=polly.c");
    expect(await response.json()).toMatchObject({ totalHits: 1, data: ["Polly.Core"] });
  });

  it("counts all ids, and shows twenty", async () => {
    const document: unknown = await (await complete(`?prerelease=true&${semVer2}`)).json();
    expect(property(document, "totalHits")).toBe(everything);
    expect(items(document)).toHaveLength(20);
  });

  it("knows package types and pages", async () => {
    expect(await completed("?packageType=dotnettool&take=1&skip=1")).toEqual(["dotnet-ef"]);
    expect(await completed("?packageType=no%20type!")).toEqual([]);
  });
});
