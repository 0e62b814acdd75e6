/** Search as clients ask it over HTTP (protocol.md §5.1, §5.2), and what search and autocomplete have in common. */
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { property } from "../../../src/feed/parsed-json.js";
import {
  answer,
  base,
  complete,
  everything,
  get,
  ids,
  items,
  semVer2,
  total,
} from "../../support/searched-feed.js";

describe("a search as clients send it", () => {
  test.each<[string, string, string, number]>([
    ["dotnet package search", `?q=serilog&skip=0&take=20&prerelease=false&${semVer2}`, "Serilog", 9],
    [
      "with unlisted ones",
      `?q=serilog&skip=0&take=2&prerelease=true&includeDelisted=true&${semVer2}`,
      "Serilog",
      2,
    ],
    [
      "with frameworks",
      `?q=json&skip=0&take=5&prerelease=false&supportedFramework=.NETFramework,Version=v2.0&supportedFramework=.NETFramework,Version=v4.5&${semVer2}`,
      "JsonPatch.Net",
      5,
    ],
    [
      "with a type, older",
      `?q=&skip=0&take=20&prerelease=false&packageTypeFilter=DotnetTool&${semVer2}`,
      "Cake.Tool",
      2,
    ],
    [
      "with a type, newer",
      `?q=&skip=0&take=20&prerelease=false&packageType=dotnettool&${semVer2}`,
      "Cake.Tool",
      2,
    ],
    [
      "the browse tab without text",
      `?q=&skip=0&take=26&prerelease=false&${semVer2}`,
      "Serilog.Sinks.Console",
      26,
    ],
    ["the browse tab with a field", `?q=tags:orm&skip=0&take=26&prerelease=false&${semVer2}`, "Dapper", 4],
    [
      "dotnet tool search",
      `?q=git&packageType=dotnettool&${semVer2}&skip=0&take=20&prerelease=false`,
      "GitVersion.Tool",
      1,
    ],
    ["Paket", `?q=Newtonsoft.Json&${semVer2}&prerelease=true`, "Newtonsoft.Json", 3],
    ["PSResourceGet", `?q=polly&prerelease=True&${semVer2}&skip=0&take=100`, "Polly", 3],
    ["Chocolatey", `?q=excel&skip=0&take=30&prerelease=false&${semVer2}`, "MiniExcel", 5],
    ["Dependabot", `?q=newtonsoft.json&prerelease=true&${semVer2}`, "Newtonsoft.Json", 3],
    ["nobody", "", "Serilog.Sinks.Console", 20],
  ])("%s: %s", async (_, query, first, atLeast) => {
    const found = await ids(query);
    expect(found[0]).toBe(first);
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
  });

  test.each<[string, readonly string[]]>([
    ["?q=Newtonsoft.Json", ["Newtonsoft.Json", "Newtonsoft.Json.Bson", "Newtonsoft.Json.Schema"]],
    ["?q=newtonsoft+json", ["Newtonsoft.Json"]],
    ["?q=newt", ["Newtonsoft.Json"]],
    ["?q=mocking", ["AutoFixture.AutoMoq", "FakeItEasy", "Moq", "NSubstitute"]],
    ["?q=excel", ["MiniExcel", "ClosedXML", "DocumentFormat.OpenXml", "EPPlus", "NPOI"]],
    ["?q=fluentasertions", ["FluentAssertions"]],
    ["?q=%22circuit+breaker%22", ["Polly"]],
    ["?q=tags%3Aorm%20tags%3Amicro-orm%20description%3Arows", ["Dapper"]],
    ["?q=%E6%97%A5%E5%BF%97", ["Zhongwen.Rizhi"]],
    ["?q=日志", ["Zhongwen.Rizhi"]],
  ])("%s finds first what it should", async (query, wanted) => {
    expect(await ids(`${query}&take=${wanted.length}&prerelease=true&${semVer2}`)).toEqual(wanted);
  });
});

describe("the pages", () => {
  test.each(["", "?q=a", "?q=logging", "?q=tags:json"])(
    "of %j hold every hit exactly once",
    async (query) => {
      const start = query === "" ? "?" : `${query}&`;
      const expected = Number(await total(`${start}prerelease=true&${semVer2}`));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 20 }),
          async (takes) => {
            const seen: string[] = [];
            for (let turn = 0; seen.length < expected; turn++) {
              const take = takes[turn % takes.length] ?? 1;
              const page = await ids(`${start}prerelease=true&${semVer2}&skip=${seen.length}&take=${take}`);
              expect(page.length).toBe(Math.min(take, expected - seen.length));
              seen.push(...page);
            }
            expect(new Set(seen).size).toBe(expected);
          },
        ),
        { numRuns: 10 },
      );
    },
  );

  it("say how many hits there are in all", async () => {
    expect(await total(`?take=1&prerelease=true&${semVer2}`)).toBe(everything);
    expect(await total(`?take=0&prerelease=true&${semVer2}`)).toBe(everything);
  });
});

describe("an item", () => {
  it("leads to the registrations with the versions that were asked for, and to the one leaf of a version", async () => {
    const [old] = items(await answer("?q=packageid:semantic.second&prerelease=true"));
    expect(old).toMatchObject({
      "@id": `${base}v3/registration-semver1/semantic.second/index.json`,
      registration: `${base}v3/registration-semver1/semantic.second/index.json`,
      version: "2.1.0-beta",
      versions: [
        { version: "1.0.0", downloads: 0, "@id": `${base}v3/registration/semantic.second/1.0.0.json` },
        { version: "2.1.0-beta" },
      ],
    });
    const [modern] = items(await answer(`?q=packageid:semantic.second&${semVer2}`));
    expect(modern).toMatchObject({
      registration: `${base}v3/registration/semantic.second/index.json`,
      version: "2.0.0+build",
      versions: [
        { version: "1.0.0" },
        { version: "2.0.0+build", "@id": `${base}v3/registration/semantic.second/2.0.0.json` },
      ],
    });
  });

  it("is left out when no version may be shown", async () => {
    expect(await ids(`?q=unlisted&prerelease=true&${semVer2}`)).toEqual([]);
    expect(await ids("?q=packageid:semantic.second.only&prerelease=true")).toEqual([]);
    expect(await ids(`?q=packageid:semantic.second.only&prerelease=true&${semVer2}`)).toHaveLength(1);
  });

  test("addresses are encoded", async () => {
    expect(items(await answer("?q=żółw"))[0]).toMatchObject({
      id: "Żółw",
      registration: `${base}v3/registration-semver1/%C5%BC%C3%B3%C5%82w/index.json`,
    });
  });
});

describe("the answer", () => {
  it("says from where its addresses count", async () => {
    expect(property(await answer("?q=x"), "@context")).toEqual({
      "@vocab": "http://schema.nuget.org/schema#",
      "@base": `${base}v3/registration-semver1/`,
    });
    expect(property(await answer(`?q=x&${semVer2}`), "@context")).toMatchObject({
      "@base": `${base}v3/registration/`,
    });
  });

  it("is JSON that nobody keeps, of known length", async () => {
    const response = await get("?q=serilog");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      vary: "Accept-Encoding",
    });
    const length = response.headers.get("Content-Length");
    expect((await response.arrayBuffer()).byteLength).toBe(Number(length));
  });

  test.each([
    ["search", get],
    ["autocomplete", complete],
  ] as const)("of %s is compressed where that is taken", async (_, ask) => {
    const query = `?take=100`;
    const plain = await ask(query);
    const compressed = await ask(query, { headers: { "Accept-Encoding": "gzip, deflate" } });
    expect(compressed.headers.get("Content-Encoding")).toBe("gzip");
    const bytes = new Uint8Array(await compressed.arrayBuffer());
    expect(bytes.length).toBe(Number(compressed.headers.get("Content-Length")));
    expect(gunzipSync(bytes).toString()).toBe(await plain.text());
    expect(plain.headers.has("Content-Encoding")).toBe(false);
  });

  it("is not compressed when it is small", async () => {
    const response = await get("?q=zzzzzzzz", { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.has("Content-Encoding")).toBe(false);
    expect(await response.json()).toMatchObject({ totalHits: 0, data: [] });
  });

  it("to HEAD is the headers", async () => {
    const [whole, head] = [await get("?q=serilog"), await get("?q=serilog", { method: "HEAD" })];
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers));
    expect([head.status, head.body]).toEqual([200, null]);
  });
});
