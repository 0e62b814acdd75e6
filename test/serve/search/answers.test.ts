/** Search and autocomplete as clients ask them over HTTP (protocol.md §5.1, §5.2, §6). */
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { listOf, property, textOf } from "../../../src/feed/parsed-json.js";
import { createSearchIndex, replaceShard } from "../../../src/search/index.js";
import { answerAutocomplete } from "../../../src/serve/search/answer-autocomplete.js";
import { answerSearch } from "../../../src/serve/search/answer-search.js";
import { corpus, corpusDownloads, testEntry } from "../../search/corpus.js";
import { nullPlaces } from "../../support/feed-checker/json.js";

const base = "https://feed.example.com/packages/";
const extras = [
  testEntry(["1.0.0", "1.1.0-rc.1+build.5", "2.0.0+build", "2.1.0-beta"], { id: "Semantic.Second" }),
  testEntry(["1.0.0-alpha.1"], { id: "Semantic.Second.Only" }),
  testEntry([], { id: "Unlisted.Only" }),
  testEntry(["1.0.0"], { id: "Żółw", tags: ["turtle"] }),
];
const index = createSearchIndex({ downloads: (id) => corpusDownloads.get(id) ?? 0 });
replaceShard(index, "all", [...corpus, ...extras]);
const everything = corpus.length + 3;

async function get(query: string, init: RequestInit = {}): Promise<Response> {
  return await answerSearch(index, new Request(`http://localhost/v3/query${query}`, init), base);
}

async function complete(query: string, init: RequestInit = {}): Promise<Response> {
  return await answerAutocomplete(index, new Request(`http://localhost/v3/autocomplete${query}`, init));
}

async function answer(query: string): Promise<unknown> {
  const response = await get(query);
  expect(response.status).toBe(200);
  const document: unknown = await response.json();
  expect(nullPlaces(document)).toEqual([]);
  return document;
}

function items(document: unknown): readonly unknown[] {
  return listOf(document, "data") ?? [];
}

async function ids(query: string): Promise<string[]> {
  return items(await answer(query)).map((item) => textOf(item, "id"));
}

async function total(query: string): Promise<unknown> {
  return property(await answer(query), "totalHits");
}

async function completed(query: string): Promise<unknown> {
  const response = await complete(query);
  expect(response.status).toBe(200);
  return property(await response.json(), "data");
}

const semVer2 = "semVerLevel=2.0.0";

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

describe("however it is asked", () => {
  test.each([
    // Letter case of names and values
    ["?Q=serilog&PreRelease=TRUE&SEMVERLEVEL=2.0.0&Take=3", `?q=serilog&prerelease=true&${semVer2}&take=3`],
    ["?q=contoso&prerelease=1", "?q=contoso&prerelease=true"],
    ["?q=&packageType=DOTNETTOOL", "?q=&packageType=DotnetTool"],
    ["?q=&PACKAGETYPEFILTER=dotnettool", "?q=&packageType=DotnetTool"],
    // Order, unknown and repeated parameters
    ["?take=2&q=serilog", "?q=serilog&take=2"],
    ["?q=serilog&x=1&y&=z&includeDelisted=true", "?q=serilog"],
    ["?q=&q=serilog&q=json", "?q=serilog"],
    ["?take=&take=2&take=3&q=json", "?q=json&take=2"],
    ["?q=contoso&prerelease=&prerelease=true", "?q=contoso&prerelease=true"],
    [
      "?q=&packageType=DotnetTool&packageType=&packageType=Template",
      "?packageTypeFilter=template&packageType=dotnettool",
    ],
    ["?q=&packageType=&packageTypeFilter=", "?q="],
    // Spaces and percent escapes
    ["?q=structured+logging", "?q=structured%20logging"],
    ["?q=structured logging", "?q=structured%20logging"],
    ["?q=%20serilog%20", "?q=serilog"],
    ["?q=c++", "?q=c"],
    ["?q=100%", "?q=100"],
    ["?q=json%zz", "?q=json%25zz"],
    ["?q=json%e9%", "?q=json%EF%BF%BD%25"],
    ["?q=serilog&%=1&%zz=2", "?q=serilog"],
    ["?q=AT&T&take=2", "?q=AT&take=2"],
    ["?q=a=b", "?q=a%3Db"],
    ["?&&q=serilog&&", "?q=serilog"],
    ["?q=serilog#q=json", "?q=serilog"],
    // Numbers
    ["?q=json&skip=-5&take=3", "?q=json&take=3"],
    ["?q=json&skip=abc&take=1e2", "?q=json"],
    ["?q=json&skip=1.5&take=", "?q=json&take=20"],
    ["?q=json&skip=+1&take=%202%20", "?q=json&skip=1&take=2"],
    ["?take=5000", "?take=1000"],
    ["?take=99999999999999999999", "?take=1000"],
    ["?take=-3", "?take=0"],
    // Levels
    ["?q=semantic&semVerLevel=", "?q=semantic"],
    ["?q=semantic&semVerLevel=two", "?q=semantic"],
    ["?q=semantic&semVerLevel=1.9.9", "?q=semantic"],
    [`?q=semantic&semVerLevel=+3.0`, `?q=semantic&${semVer2}`],
    // Frameworks: full names, short ones, those that nobody knows
    ["?q=json&supportedFramework=net45", "?q=json&supportedFramework=.NETFramework,Version=v4.5"],
    ["?q=json&supportedFramework=.NETFramework%2CVersion%3Dv4.5", "?q=json&supportedFramework=net45"],
    ["?q=json&supportedFramework=zx%20spectrum&supportedFramework=net45", "?q=json&supportedFramework=net45"],
    ["?q=json&supportedFramework=.NETFramework,Version=vX", "?q=json"],
  ])("%s is the same as %s", async (query, other) => {
    expect(await answer(query)).toEqual(await answer(other));
  });

  test.each([
    ["?q=serilog", "?q=json"],
    ["?q=contoso&prerelease=true", "?q=contoso"],
    ["?q=&packageType=DotnetTool", "?q="],
    ["?q=json&supportedFramework=net45", "?q=json"],
    [`?q=semantic&${semVer2}`, "?q=semantic"],
  ])("%s is not the same as %s", async (query, other) => {
    expect(await answer(query)).not.toEqual(await answer(other));
  });

  test.each([
    "?q=zzzzzzzz",
    "?packageType=no%20type!",
    "?packageType=../x&q=json",
    "?q=json&skip=99999999999999999999",
  ])("%s has no hits on the page, and 200", async (query) => {
    expect(items(await answer(query))).toEqual([]);
  });

  test("any address is answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom("q=", "&", "%", "%C3", "+", "take=", "skip=", "id="), fc.string())),
        async (parts) => {
          const query = `?${parts.join("")}`;
          expect([(await get(query)).status, (await complete(query)).status]).toEqual([200, 200]);
        },
      ),
      { numRuns: 200 },
    );
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
