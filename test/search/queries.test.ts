/** What people ask and what they want to see first, over a feed like those they have. */
import { describe, expect, it, test } from "vitest";
import { parseFramework } from "../../src/nuget/framework.js";
import {
  autocomplete,
  createSearchIndex,
  replaceShard,
  type SearchFilters,
  search,
  versionsOf,
} from "../../src/search/index.js";
import { testId } from "../support/records.js";
import { corpus, corpusDownloads } from "./corpus.js";

const index = createSearchIndex({ downloads: (id) => corpusDownloads.get(id) ?? 0 });
replaceShard(index, "all", corpus);

const everything: SearchFilters = { prerelease: true, semVer2: true };

function idsOf(query: string, filters: SearchFilters = everything, take = 1000): string[] {
  return search(index, query, filters, { take }).hits.map(({ latest }) => latest.id);
}

test("the corpus is large enough to tell something", () => {
  expect(corpus.length).toBeGreaterThan(200);
});

describe("the first hits", () => {
  test.each<[string, ...string[]]>([
    // The id itself, in any spelling
    ["Newtonsoft.Json", "Newtonsoft.Json", "Newtonsoft.Json.Bson", "Newtonsoft.Json.Schema"],
    ["newtonsoft.json", "Newtonsoft.Json"],
    ["newtonsoft json", "Newtonsoft.Json"],
    ["newtonsoftjson", "Newtonsoft.Json"],
    ["Newtonsoft-Json", "Newtonsoft.Json"],
    ['"Newtonsoft.Json"', "Newtonsoft.Json"],
    ["serilog", "Serilog", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.AspNetCore"],
    ["xunit", "xunit", "xunit.assert", "xunit.runner.visualstudio", "xunit.v3"],
    ["nlog", "NLog", "NLog.Extensions.Logging", "NLog.Web.AspNetCore"],
    ["polly", "Polly", "Polly.Core", "Microsoft.Extensions.Http.Polly"],
    ["entityframework", "EntityFramework"],
    ["entity framework", "EntityFramework"],
    ["dapper", "Dapper", "Dapper.Contrib"],
    ["quartz", "Quartz"],
    ["jil", "Jil"],
    ["log4net", "log4net"],
    ["ssh.net", "SSH.NET"],
    ["bcrypt.net-next", "BCrypt.Net-Next"],
    // Beginnings of ids
    ["newt", "Newtonsoft.Json"],
    ["newtonsoft.j", "Newtonsoft.Json"],
    ["microsoft.extensions.l", "Microsoft.Extensions.Logging"],
    ["microsoft.extensions.log", "Microsoft.Extensions.Logging"],
    ["masst", "MassTransit", "MassTransit.RabbitMQ"],
    ["fluentv", "FluentValidation"],
    ["json", "JsonPatch.Net", "JsonPath.Net", "JsonSchema.Net"],
    ["nuget", "NuGet.Packaging", "NuGet.Protocol", "NuGet.Versioning"],
    ["a", "AngleSharp", "Antlr4.Runtime.Standard"],
    // Words of ids
    ["sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "System.Data.SQLite", "Microsoft.Data.Sqlite"],
    ["sqlserver", "Microsoft.EntityFrameworkCore.SqlServer"],
    ["ef core", "Microsoft.EntityFrameworkCore"],
    ["json newtonsoft", "Newtonsoft.Json"],
    ["tokens jwt", "System.IdentityModel.Tokens.Jwt"],
    ["blazor", "MudBlazor", "Radzen.Blazor", "Microsoft.AspNetCore.Components.WebAssembly"],
    ["mysql", "MySql.Data", "MySqlConnector"],
    ["mysql connector", "MySqlConnector"],
    ["extensions logging", "Microsoft.Extensions.Logging"],
    ["sinks file", "Serilog.Sinks.File"],
    ["windsor", "Castle.Windsor"],
    ["github", "Microsoft.SourceLink.GitHub", "Octokit"],
    ["rabbitmq", "RabbitMQ.Client", "MassTransit.RabbitMQ", "MassTransit"],
    ["AspNetCoreSwagger", "Swashbuckle.AspNetCore.SwaggerUI"],
    // Tags before titles before descriptions before authors
    ["serializer", "Jil", "MessagePack", "System.Text.Json", "Utf8Json", "YamlDotNet"],
    ["mocking", "AutoFixture.AutoMoq", "FakeItEasy", "Moq", "NSubstitute"],
    ["ioc container", "Castle.Windsor", "Autofac", "SimpleInjector"],
    ["orm", "Dapper"],
    ["unit testing", "NUnit"],
    ["unit-testing", "NUnit"],
    ["excel", "MiniExcel", "ClosedXML", "DocumentFormat.OpenXml", "EPPlus", "NPOI"],
    ["linq2db", "LinqToDB"],
    ["json.net", "Newtonsoft.Json"],
    ["structured logging", "Serilog"],
    ["appenders", "log4net"],
    ["Blumhardt", "Sprache"],
    ["neuecc binary", "MessagePack"],
    // Words that say nothing
    ["sinks for the terminal", "Serilog.Sinks.Console"],
    ["events to a rolling file", "Serilog.Sinks.File"],
    // Typing errors
    ["newtonsoft.jsno", "Newtonsoft.Json"],
    ["serlog", "Serilog"],
    ["fluentasertions", "FluentAssertions"],
    ["automaper", "AutoMapper"],
    ["benchmrkdotnet", "BenchmarkDotNet"],
    ["entityframeworkcor sqlit", "Microsoft.EntityFrameworkCore.Sqlite"],
    ["rabitmq client", "RabbitMQ.Client"],
    ["hnagfire", "Hangfire"],
    // Other scripts, accents
    ["日志", "Zhongwen.Rizhi"],
    ["结构化日志", "Zhongwen.Rizhi"],
    ["donnees", "Contoso.Données"],
    ["Übersetzung", "Contoso.Lokalisierung"],
    ["GRÖSSE", "Contoso.Lokalisierung"],
    // Phrases
    ['"dependency injection" "default implementation"', "Microsoft.Extensions.DependencyInjection"],
    ['"circuit breaker"', "Polly"],
    ['"fast zero" json', "Utf8Json"],
    // Fields
    ["id:serilog", "Serilog"],
    ["id:sinks id:enrichers", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.Enrichers.Thread"],
    ["packageid:SERILOG", "Serilog"],
    ["PackageId:newtonsoft.json tags:json", "Newtonsoft.Json"],
    ["title:json.net", "Newtonsoft.Json", "Newtonsoft.Json.Bson"],
    ["tags:orm tags:micro-orm description:rows", "Dapper"],
    ['tags:"ioc di" castle', "Castle.Windsor"],
    ['author:"james newton"', "Newtonsoft.Json"],
    ["authors:gravell redis", "StackExchange.Redis"],
    ["owner:newtonsoft schema", "Newtonsoft.Json.Schema"],
    ["owner:NuGet", "NuGet.Packaging"],
    ["version:13.0.3", "Newtonsoft.Json"],
    ["version:2.9 testing", "xunit"],
    ["colour:red owner:contoso", "Contoso.Logging"],
  ])("of %s", (query, ...wanted) => {
    expect(idsOf(query, everything, wanted.length)).toEqual(wanted);
  });
});

describe("a question", () => {
  test.each([
    ["polly AND retry", "polly retry"],
    ["  polly   retry ", "polly retry"],
    ["polly nofield:x retry", "polly retry"],
    ["POLLY Retry", "polly retry"],
    ["the polly of retry", "polly retry"],
    ["tag:orm", "tags:orm"],
    ["author:marc owners:", "authors:marc"],
    ['id:"serilog"', "ID:Serilog"],
    ['"polly', '"polly"'],
  ])("%s finds what %s finds", (query, other) => {
    expect(idsOf(query)).toEqual(idsOf(other));
    expect(idsOf(query)).not.toEqual([]);
  });

  test.each([
    "!!!",
    '"?"',
    "title:!!!",
    "version:x",
    "packageid:no..id",
    "qqqqqqqq",
    "polly qqqqqqqq",
    "owner:new",
  ])("%s finds nothing", (query) => {
    expect(search(index, query, everything)).toEqual({ total: 0, hits: [] });
  });

  test.each(["", "  ", "AND", "nofield:x"])("without content lists everything: %j", (query) => {
    expect(idsOf(query)).toHaveLength(corpus.length);
    expect(idsOf(query).slice(0, 5)).toEqual([
      "Serilog.Sinks.Console",
      "Serilog.Sinks.File",
      "Castle.Windsor",
      "Angle".concat("Sharp"),
      "Antlr4.Runtime.Standard",
    ]);
  });

  it("with words of several fields needs all of them", () => {
    expect(idsOf("tags:orm author:gravell")).toEqual(["Dapper"]);
    expect(idsOf("tags:orm author:oracle")).toEqual([]);
  });

  it("with several values of a field needs one of them", () => {
    expect(idsOf("packageid:moq packageid:bogus packageid:none")).toEqual(["Bogus", "Moq"]);
  });

  it("compares tags and owners whole", () => {
    expect(idsOf("tags:unit")).toEqual([]);
    expect(idsOf("owner:serilog")).toHaveLength(9);
  });

  it("forgives errors only where it finds nothing otherwise", () => {
    expect(idsOf("moq")).not.toContain("Mog");
    expect(idsOf("refi")).toEqual(["Refit"]);
  });

  it("of any length is answered", () => {
    expect(idsOf("json ".repeat(100_000)).toSorted()).toEqual(idsOf("json").toSorted());
    expect(search(index, Array.from({ length: 500 }, (_, n) => `word${n}`).join(" ")).total).toBe(0);
    expect(search(index, "x".repeat(100_000)).total).toBe(0);
    expect(search(index, "aB1".repeat(300)).total).toBe(0);
  });
});

describe("filters", () => {
  it("keep prereleases out by default", () => {
    expect(idsOf("packageid:contoso.preview.only", {})).toEqual([]);
    expect(idsOf("packageid:contoso.preview.only", { prerelease: true })).toEqual(["Contoso.Preview.Only"]);
  });

  it("keep SemVer 2 out by default", () => {
    expect(search(index, "packageid:xunit", { prerelease: true }).hits[0]?.versions).toEqual([
      { version: "2.8.0" },
      { version: "2.9.0" },
    ]);
    expect(idsOf("packageid:system.commandline", { prerelease: true })).toEqual([]);
    expect(idsOf("packageid:system.commandline", { semVer2: true })).toEqual([]);
    expect(idsOf("packageid:system.commandline", everything)).toEqual(["System.CommandLine"]);
  });

  it("show the latest version that they let through", () => {
    const latest = (filters: SearchFilters) =>
      search(index, "packageid:newtonsoft.json", filters).hits[0]?.latest.version;
    expect(latest({})).toBe("13.0.3");
    expect(latest({ prerelease: true })).toBe("13.0.4-beta1");
  });

  it("count versions that they let through only", () => {
    expect(idsOf("version:13.0.4-BETA1", {})).toEqual([]);
    expect(idsOf("version:13.0.4-BETA1", { prerelease: true })).toEqual(["Newtonsoft.Json"]);
  });

  test.each([
    ["DotnetTool", "Cake.Tool"],
    ["dotnettool", "Cake.Tool"],
    ["Template", "Contoso.Project.Templates"],
    ["MSBuildSdk", "Contoso.Build.Sdk"],
  ])("for the type %s find %s", (type, id) => {
    expect(idsOf("", { packageTypes: [type] })).toContain(id);
    expect(idsOf("", { packageTypes: [type] })).not.toContain("Serilog");
  });

  it("count packages without types as dependencies", () => {
    expect(idsOf("packageid:serilog", { packageTypes: ["dependency"] })).toEqual(["Serilog"]);
    expect(idsOf("packageid:coverlet.collector", { packageTypes: ["Dependency"] })).toHaveLength(1);
  });

  it("for an unknown type find nothing", () => {
    expect(idsOf("", { packageTypes: ["no type"] })).toEqual([]);
  });

  it("for a framework find what its projects can use", () => {
    const net48 = ["net48"].flatMap((name) => parseFramework(name) ?? []);
    const found = idsOf("", { frameworks: net48 });
    expect(found).toEqual(expect.arrayContaining(["Jil", "Serilog", "Caliburn.Micro", "Moq"]));
    expect(found).not.toContain("MudBlazor");
  });
});

describe("autocomplete", () => {
  const complete = (prefix: string, filters: SearchFilters = everything) =>
    autocomplete(index, prefix, filters, { take: 4 }).ids;

  test.each<[string, ...string[]]>([
    ["storage", "Azure.Storage.Blobs", "Azure.Storage.Queues"],
    ["microsoft.extensions.l", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions"],
    ["ser", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog", "Serilog.AspNetCore"],
    ["Moq", "Moq", "AutoFixture.AutoMoq"],
  ])("of %s begins with %s", (prefix, ...wanted) => {
    expect(complete(prefix).slice(0, wanted.length)).toEqual(wanted);
  });

  it("knows ids only, and forgives nothing", () => {
    expect(complete("orm")).toEqual([]);
    expect(complete("serlog")).toEqual([]);
  });

  it("lists ids when nothing is typed", () => {
    expect(autocomplete(index, "").total).toBeLessThan(corpus.length);
    expect(complete("")[0]).toBe("Serilog.Sinks.Console");
  });
});

describe("versions of an id", () => {
  it("are those that the filters let through, ascending", () => {
    expect(versionsOf(index, testId("Newtonsoft.Json"))).toEqual(["12.0.3", "13.0.1", "13.0.3"]);
    expect(versionsOf(index, testId("xunit"), everything)).toEqual(["2.8.0", "2.9.0", "2.9.1-pre.4"]);
  });

  it("are none for an unknown id", () => {
    expect(versionsOf(index, testId("no.such.id"), everything)).toEqual([]);
  });
});
