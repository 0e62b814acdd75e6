/**
 * Target frameworks of packages; the expected lists are those of the reference client, less "any" (see the file tested).
 */
import { expect, test } from "vitest";
import { parseNuspec } from "../../src/nuget/nuspec.js";
import { readTargetFrameworks } from "../../src/nuget/target-frameworks.js";
import { nuspecText, type PackageOptions } from "../support/package-builder.js";
import { utf8 } from "../support/zip-builder.js";

function frameworksOf(paths: readonly string[], options: Partial<PackageOptions> = {}): string[] {
  const text = nuspecText({ id: "Contoso.Core", version: "1.0.0", ...options });
  return readTargetFrameworks(paths, parseNuspec(utf8(text)).nuspec);
}

test.for([
  [
    ["lib/net45/a.dll", "lib/netstandard2.0/a.dll", "ref/net8.0/a.dll"],
    ["net8.0", "net45", "netstandard2.0"],
  ],
  [["lib/a.dll"], ["net"]],
  [["lib/readme.txt", "lib/net45"], []],
  [["lib/any/a.dll", "lib/agnostic/a.dll", "lib/contoso/a.dll"], []],
  [["LIB/Net46/a.dll", "lib/NET46/b.dll"], ["net46"]],
  [
    ["lib/net40-client/a.dll", "lib/portable-net45+win8/a.dll"],
    ["net40-client", "portable-net45+win8"],
  ],
  [
    ["lib/net6.0/de/a.resources.dll", "lib/net8.0-android34.0/a/b.dll"],
    ["net6.0", "net8.0-android34.0"],
  ],
  [
    ["runtimes/win-x64/lib/net6.0/a.dll", "runtimes/osx/nativeassets/net7.0/a"],
    ["net6.0", "net7.0"],
  ],
  [["runtimes/linux/native/a.so", "runtimes/win/net5.0/a.dll"], []],
  [
    ["build/net45/Contoso.Core.props", "build/net46/Other.props", "build/net47/_._"],
    ["net45", "net47"],
  ],
  [["build/Contoso.Core.targets", "buildTransitive/net48/contoso.core.targets"], ["net48"]],
  [["buildMultiTargeting/net481/Contoso.Core.targets"], []],
  [
    ["tools/net472/t.exe", "tools/net8.0/any/t.dll", "tools/x64/t.exe", "tools/install.ps1"],
    ["net8.0", "net472"],
  ],
  [
    ["contentFiles/any/net6.0/a", "contentFiles/cs/any/a", "content/net35/a", "content/a"],
    ["net6.0", "net35"],
  ],
  [["analyzers/dotnet/cs/a.dll", "_rels/.rels", "a.nuspec"], []],
] as const)("the files %j are for %j", ([paths, frameworks]) => {
  expect(frameworksOf(paths)).toEqual(frameworks);
});

test("dependency groups and framework assemblies name frameworks too", () => {
  const assemblies = `<frameworkAssemblies><frameworkAssembly assemblyName="A" targetFramework=".NETFramework4.0, net35" />
    <frameworkAssembly assemblyName="B" /></frameworkAssemblies>`;
  const dependencies = [{ targetFramework: "net9.0" }, { targetFramework: "contoso1" }, {}];
  expect(frameworksOf([], { dependencies, metadataXml: assemblies })).toEqual(["net9.0", "net35", "net40"]);
});

test("a framework is listed once, however it is written", () => {
  const dependencies = [{ targetFramework: ".NETFramework4.5" }];
  expect(frameworksOf(["lib/net45/a.dll", "lib/NET45/b.dll", "tools/net45/c.exe"], { dependencies })).toEqual(
    ["net45"],
  );
});

test("the list does not depend on the order of the files", () => {
  const paths = ["lib/net8.0/a.dll", "lib/net462/a.dll", "lib/netstandard2.0/a.dll", "lib/net10.0/a.dll"];
  expect(frameworksOf(paths.toReversed())).toEqual(frameworksOf(paths));
});
