import { expect, test } from "vitest";
import { parseFramework } from "../../src/nuget/framework.js";
import { isCompatible } from "../../src/search/index.js";

function framework(text: string) {
  const parsed = parseFramework(text);
  if (parsed === undefined) throw new Error(`no framework: ${text}`);
  return parsed;
}

test.each([
  ["net8.0", "net8.0"],
  ["net8.0", "net6.0"],
  ["net8.0", "netcoreapp3.1"],
  ["net8.0", "netstandard2.1"],
  ["net8.0", "netstandard1.0"],
  ["net8.0", "any"],
  ["net8.0-windows10.0.19041", "net8.0"],
  ["net8.0-windows10.0.19041", "net6.0-windows7.0"],
  ["net8.0-android34.0", "monoandroid12.0"],
  ["netcoreapp2.1", "netstandard2.0"],
  ["netcoreapp1.1", "netstandard1.6"],
  ["net48", "net20"],
  ["net48", "netstandard2.0"],
  ["net45", "netstandard1.1"],
  ["net40", "net40-client"],
  ["net45", "portable-net45+win8"],
  [".NETFramework,Version=v4.7.2", "net461"],
  ["uap10.0.16299", "netstandard2.0"],
  ["monoandroid10.0", "netstandard2.1"],
  ["portable-net45+win8", "portable-net45+win8+wp8"],
  ["netstandard2.0", "netstandard1.3"],
])("a project for %s can use packages for %s", (project, library) => {
  expect(isCompatible(framework(project), framework(library))).toBe(true);
});

test.each([
  ["net6.0", "net8.0"],
  ["net8.0", "net48"],
  ["net8.0", "net8.0-windows7.0"],
  ["net8.0-android34.0", "net8.0-ios17.0"],
  ["net8.0-windows7.0", "net8.0-windows10.0.19041"],
  ["net5.0-android", "monoandroid12.0"],
  ["net48", "netstandard2.1"],
  ["net45", "netstandard1.2"],
  ["net40", "netstandard1.0"],
  ["net20", "net45"],
  ["netstandard2.0", "net8.0"],
  ["netstandard2.0", "net461"],
  ["netcoreapp2.1", "netstandard2.1"],
  ["net40", "portable-net45+win8"],
  ["portable-net45+win8+wp8", "portable-net45+win8"],
  ["net8.0", "unsupported"],
  ["unknown", "netstandard1.0"],
])("a project for %s cannot use packages for %s", (project, library) => {
  expect(isCompatible(framework(project), framework(library))).toBe(false);
});
