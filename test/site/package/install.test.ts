import { describe, expect, test } from "vitest";
import { feedVersion } from "../../../src/feed/feed-package.js";
import { installation } from "../../../src/site/package/install.js";
import { versionDetails } from "../../../src/site/package/version-details.js";
import { type RecordOptions, testRecord } from "../../support/records.js";

const source = "https://example.com/v3/index.json";

function ways(metadata: NonNullable<RecordOptions["metadata"]> = {}) {
  const details = versionDetails(feedVersion(testRecord({ version: "1.2.0-rc.1+build", metadata })));
  return installation(details, source);
}

function codes(metadata: NonNullable<RecordOptions["metadata"]>): string[] {
  return ways(metadata).ways.flatMap(({ steps }) => steps.map(({ code }) => code));
}

function types(...names: string[]): NonNullable<RecordOptions["metadata"]> {
  return { packageTypes: names.map((name) => ({ name })) };
}

describe("installing", () => {
  test("a library shows its ways, with the source where the client takes it there", () => {
    expect(codes({})).toEqual([
      "dotnet add package Contoso.Core --version 1.2.0-rc.1",
      '<PackageReference Include="Contoso.Core" Version="1.2.0-rc.1" />',
      '<PackageVersion Include="Contoso.Core" Version="1.2.0-rc.1" />',
      '<PackageReference Include="Contoso.Core" />',
      `Install-Package Contoso.Core -Version 1.2.0-rc.1 -Source ${source}`,
      `source ${source}\nnuget Contoso.Core 1.2.0-rc.1`,
      "#:package Contoso.Core@1.2.0-rc.1",
      `#i "nuget: ${source}"\n#r "nuget: Contoso.Core, 1.2.0-rc.1"`,
    ]);
    expect(ways().needsSource).toBe(true);
  });

  test("a development dependency keeps it from who depends on the project", () => {
    const [, reference] = codes({ developmentDependency: true });
    expect(reference).toContain("<PrivateAssets>all</PrivateAssets>");
    expect(codes({ developmentDependency: true }).join()).not.toContain("#r");
  });

  test.each(["DotnetTool", "dotnettool"])("a tool (%s) is for all folders, for one, or for once", (type) => {
    expect(codes(types(type))).toEqual([
      `dotnet tool install --global Contoso.Core --version 1.2.0-rc.1 --add-source ${source}`,
      "dotnet new tool-manifest",
      `dotnet tool install --local Contoso.Core --version 1.2.0-rc.1 --add-source ${source}`,
      `dnx Contoso.Core@1.2.0-rc.1 --add-source ${source}`,
    ]);
    expect(ways(types(type)).needsSource).toBe(false);
  });

  test("a template and an SDK have ways of their own", () => {
    expect(codes(types("Template"))).toEqual([
      `dotnet new install Contoso.Core::1.2.0-rc.1 --add-source ${source}`,
    ]);
    expect(codes(types("MSBuildSdk"))[0]).toBe('<Project Sdk="Contoso.Core/1.2.0-rc.1">');
  });

  test("a package of two types shows the ways of both", () => {
    const keys = ways(types("DotnetTool", "Dependency")).ways.map(({ key }) => key);
    expect(keys).toContain("tool-global");
    expect(keys).toContain("reference");
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("a type that nobody knows is installed as a library is", () => {
    expect(ways(types("Something"))).toEqual(ways());
  });
});
