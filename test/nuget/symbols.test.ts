/**
 * Symbols packages and symbol files are known by their names.
 */
import { expect, test } from "vitest";
import { hasSymbolFiles, isSymbolsPackageName } from "../../src/nuget/symbols.js";

test.for([
  ["Contoso.Core.1.0.0.snupkg", true],
  ["Contoso.Core.1.0.0.symbols.nupkg", true],
  ["CONTOSO.CORE.1.0.0.SYMBOLS.NUPKG", true],
  ["Contoso.Core.1.0.0.nupkg", false],
  ["Contoso.Symbols.1.0.0.nupkg", false],
  ["symbols.nupkg", false],
  ["Contoso.snupkg.zip", false],
] as const)("%s is the name of a symbols package: %s", ([name, isSymbols]) => {
  expect(isSymbolsPackageName(name)).toBe(isSymbols);
});

test("a package has symbols when there is a program database among its files", () => {
  expect(hasSymbolFiles(["lib/net8.0/a.dll", "lib/net8.0/a.PDB"])).toBe(true);
  expect(hasSymbolFiles(["lib/net8.0/a.dll", "lib/net8.0/pdb", "a.pdb.txt"])).toBe(false);
});
