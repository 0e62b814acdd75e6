/**
 * How a version comes into a project or onto a machine: one way per client, by what kind of package it is.
 */

import type { VersionDetails } from "./version-details.js";
import { normalizedText } from "./version-text.js";

export interface InstallWay {
  readonly key: string;
  readonly label: string;
  readonly steps: readonly InstallStep[];
}

export interface InstallStep {
  /** What stands above the code, where it does not speak for itself. */
  readonly text?: string;
  readonly code: string;
  /** What the code is, behind the word "Copy". */
  readonly subject: string;
}

export interface Installation {
  readonly ways: readonly InstallWay[];
  /** The commands reach the feed only where it is one of the client's package sources. */
  readonly needsSource: boolean;
}

interface Installable {
  readonly id: string;
  readonly version: string;
  /** The public address of the service index. */
  readonly source: string;
  readonly isDevelopmentDependency: boolean;
}

const waysByType: ReadonlyMap<string, (it: Installable) => InstallWay[]> = new Map([
  ["dependency", libraryWays],
  ["dotnettool", toolWays],
  ["template", templateWays],
  ["msbuildsdk", sdkWays],
]);

/** By package types, whose names compare without case (protocol.md §10.6); other types are installed as libraries are. */
export function installation(details: VersionDetails, source: string): Installation {
  const it: Installable = {
    id: details.id,
    version: normalizedText(details.version),
    source,
    isDevelopmentDependency: details.isDevelopmentDependency === true,
  };
  const types = new Set(details.packageTypes?.map((type) => type.toLowerCase()));
  const special = [...waysByType].filter(([type]) => types.has(type)).flatMap(([, waysOf]) => waysOf(it));
  const ways = special.length > 0 ? special : libraryWays(it);
  return { ways, needsSource: ways.some(({ key }) => !key.startsWith("tool-") && key !== "template") };
}

/**
 * No `--source` for `dotnet add package`: it would replace all other sources, those of the dependencies too, and the next
 * restore would not know it.
 */
function libraryWays(it: Installable): InstallWay[] {
  const { id, version, source } = it;
  return [
    way("dotnet", ".NET CLI", [
      { code: `dotnet add package ${id} --version ${version}`, subject: "command" },
    ]),
    way("reference", "PackageReference", [{ code: packageReference(it, true), subject: "reference" }]),
    way("central", "Central management", [
      {
        text: "In Directory.Packages.props:",
        code: `<PackageVersion Include="${id}" Version="${version}" />`,
        subject: "version",
      },
      { text: "In the project:", code: packageReference(it, false), subject: "reference" },
    ]),
    way("console", "Package Manager", [
      { code: `Install-Package ${id} -Version ${version} -Source ${source}`, subject: "command" },
    ]),
    way("paket", "Paket", [
      { text: "In paket.dependencies:", code: `source ${source}\nnuget ${id} ${version}`, subject: "lines" },
    ]),
    ...(it.isDevelopmentDependency ? [] : scriptWays(it)),
  ];
}

function packageReference(
  { id, version, isDevelopmentDependency }: Installable,
  hasVersion: boolean,
): string {
  const start = `<PackageReference Include="${id}"${hasVersion ? ` Version="${version}"` : ""}`;
  if (!isDevelopmentDependency) return `${start} />`;
  return `${start}>
  <PrivateAssets>all</PrivateAssets>
  <IncludeAssets>runtime; build; native; contentfiles; analyzers; buildtransitive</IncludeAssets>
</PackageReference>`;
}

function scriptWays({ id, version, source }: Installable): InstallWay[] {
  return [
    way("file", "File-based app", [
      { text: "At the top of the C# file:", code: `#:package ${id}@${version}`, subject: "line" },
    ]),
    way("script", "Script", [
      {
        text: "In F# Interactive, C# scripts and notebooks:",
        code: `#i "nuget: ${source}"\n#r "nuget: ${id}, ${version}"`,
        subject: "lines",
      },
    ]),
  ];
}

function toolWays({ id, version, source }: Installable): InstallWay[] {
  const options = `${id} --version ${version} --add-source ${source}`;
  return [
    way("tool-global", "Global tool", [
      {
        text: "For you, in every folder:",
        code: `dotnet tool install --global ${options}`,
        subject: "command",
      },
    ]),
    way("tool-local", "Local tool", [
      {
        text: "For a repository that has no tools yet, first make its list of tools:",
        code: "dotnet new tool-manifest",
        subject: "command that makes the list",
      },
      { text: "Then:", code: `dotnet tool install --local ${options}`, subject: "command" },
    ]),
    way("tool-once", "Run once", [
      {
        text: "Without installing it, from .NET 10 on:",
        code: `dnx ${id}@${version} --add-source ${source}`,
        subject: "command",
      },
    ]),
  ];
}

function templateWays({ id, version, source }: Installable): InstallWay[] {
  return [
    way("template", ".NET CLI", [
      { code: `dotnet new install ${id}::${version} --add-source ${source}`, subject: "command" },
    ]),
  ];
}

function sdkWays({ id, version }: Installable): InstallWay[] {
  return [
    way("sdk-project", "Project", [{ code: `<Project Sdk="${id}/${version}">`, subject: "line" }]),
    way("sdk-global", "global.json", [
      {
        text: "In global.json, for all projects:",
        code: `{\n  "msbuild-sdks": {\n    "${id}": "${version}"\n  }\n}`,
        subject: "global.json",
      },
      { text: "In each project:", code: `<Project Sdk="${id}">`, subject: "line" },
    ]),
    way("sdk-file", "File-based app", [
      { text: "At the top of the C# file:", code: `#:sdk ${id}@${version}`, subject: "line" },
    ]),
  ];
}

function way(key: string, label: string, steps: readonly InstallStep[]): InstallWay {
  return { key, label, steps };
}
