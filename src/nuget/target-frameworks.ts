/**
 * For which frameworks a package is made, as clients tell it from its folders and its nuspec.
 */
import { compareFrameworks, isAgnostic, isAny } from "./framework.js";
import { type NamedFramework, namedFramework, namedFrameworkFolder } from "./named-framework.js";
import type { Nuspec } from "./nuspec-model.js";

/** Where below a folder of the root the name of a framework stands. */
const frameworkDepth: ReadonlyMap<string, number> = new Map([
  ["lib", 1],
  ["ref", 1],
  ["build", 1],
  ["buildtransitive", 1],
  ["tools", 1],
  ["content", 1],
  // contentFiles/{language}/{framework}
  ["contentfiles", 2],
  // runtimes/{runtime}/lib/{framework}
  ["runtimes", 3],
]);

/** Assemblies right below `lib` are for .NET Framework of any version. */
const rootAssembly = /^lib\/[^/]+\.(?:dll|exe|winmd)$/i;
const runtimeFolder = /^runtimes\/[^/]+\/(?:lib|nativeassets)\//i;

/**
 * The short folder names of all frameworks that a package names in its folders, dependency groups and framework
 * assemblies, in the order of the reference client. "Any framework" is none: a package without a list is for any.
 *
 * @param paths the files of the package
 */
export function readTargetFrameworks(paths: readonly string[], nuspec: Nuspec): string[] {
  const folders = new Set(paths.map((path) => frameworkFolder(path, nuspec.id)));
  const texts = new Set([
    ...nuspec.dependencyGroups.map((group) => group.targetFramework),
    ...nuspec.frameworkAssemblies.flatMap((assembly) => assembly.targetFrameworks),
  ]);
  const frameworks = [...lookUp(folders, namedFrameworkFolder), ...lookUp(texts, namedFramework)];
  const byName = new Map(frameworks.map(({ shortName, framework }) => [shortName, framework]));
  return [...byName].sort(([, a], [, b]) => compareFrameworks(a, b)).map(([shortName]) => shortName);
}

function lookUp(
  texts: ReadonlySet<string | undefined>,
  find: (text: string) => NamedFramework | undefined,
): NamedFramework[] {
  return [...texts].flatMap((text) => {
    const named = text === undefined ? undefined : find(text);
    return named === undefined || isAny(named.framework) || isAgnostic(named.framework) ? [] : [named];
  });
}

/** The part of a path that names a framework, if the file is of a kind that clients use. */
function frameworkFolder(path: string, id: string): string | undefined {
  const rootEnd = path.indexOf("/");
  if (rootEnd === -1) return undefined;
  const root = path.slice(0, rootEnd).toLowerCase();
  const depth = frameworkDepth.get(root);
  if (depth === undefined) return undefined;
  if (root === "lib" && rootAssembly.test(path)) return "net";
  const parts = path.split("/");
  if (parts.length < depth + 2) return undefined;
  if (depth === 3 && !runtimeFolder.test(path)) return undefined;
  if (root.startsWith("build") && !isBuildFile(parts.at(-1) ?? "", id)) return undefined;
  return parts[depth];
}

/** MSBuild imports files named after the package only; `_._` says that there is nothing to import. */
function isBuildFile(fileName: string, id: string): boolean {
  const lower = fileName.toLowerCase();
  return lower === "_._" || lower === `${id}.props`.toLowerCase() || lower === `${id}.targets`.toLowerCase();
}
