/**
 * What was read from a package, laid out for people.
 */
import type { InspectedPackage, PackagedFile } from "../../nuget/inspect.js";
import type { DependencyGroup, Nuspec, NuspecLicense, NuspecRepository } from "../../nuget/nuspec-model.js";
import { fullVersion } from "../../nuget/version.js";
import type { Verbosity } from "../command.js";
import { countOf, formatBytes, formatCount } from "../numbers.js";
import type { InspectedFile } from "./inspect-json.js";

/** A label and its value; rows without a value are left out. */
type Row = readonly [label: string, value: string | undefined];

const LABEL_WIDTH = 15;

/** Longer texts are cut; `--json` has them whole. */
const LONGEST_TEXT = 300;

/** Several lines without a line break at the end. */
export function packageText(inspected: InspectedFile, { verbose }: Pick<Verbosity, "verbose">): string {
  const { content } = inspected;
  const { id, version } = content.nuspec;
  const rows = [...fileRows(inspected), ...nuspecRows(content.nuspec), ...contentRows(content)];
  return [
    `${id} ${fullVersion(version)}`,
    ...rows.flatMap(rowLines),
    ...section("dependencies", content.nuspec.dependencyGroups.flatMap(groupLines)),
    ...section(
      "files",
      verbose ? content.entries.map((entry) => `${entry.name}  ${formatBytes(entry.size)}`) : [],
    ),
    ...section("warnings", content.warnings),
  ].join("\n");
}

function fileRows({ file, size, sha512 }: InspectedFile): Row[] {
  return [
    ["file", file],
    ["size", `${formatCount(size)} bytes`],
    ["sha512", sha512],
  ];
}

function nuspecRows(nuspec: Nuspec): Row[] {
  const { packageTypes } = nuspec;
  const types = packageTypes.map(({ name, version }) =>
    version === undefined ? name : `${name} ${version}`,
  );
  const traits = [
    nuspec.developmentDependency && "development dependency",
    nuspec.requireLicenseAcceptance && "licence must be accepted",
    nuspec.serviceable && "serviceable",
    nuspec.isSemVer2 && "SemVer 2",
  ].filter((trait) => trait !== false);
  return [
    ["title", nuspec.title],
    ["authors", nuspec.authors],
    ["description", nuspec.description],
    ["summary", nuspec.summary],
    ["release notes", nuspec.releaseNotes],
    ["tags", joined(nuspec.tags)],
    ["copyright", nuspec.copyright],
    ["language", nuspec.language],
    ["licence", licenseText(nuspec.license) ?? nuspec.licenseUrl],
    ["project", nuspec.projectUrl],
    ["repository", nuspec.repository && repositoryText(nuspec.repository)],
    ["icon", nuspec.iconUrl],
    ["package types", joined(types) ?? "Dependency"],
    ["traits", joined(traits)],
    ["min. client", nuspec.minClientVersion],
    ["assemblies", joined(nuspec.frameworkAssemblies.map(({ assemblyName }) => assemblyName))],
    ["shared parts", joined([...new Set(nuspec.frameworkReferences.flatMap(({ names }) => names))])],
  ];
}

function contentRows(content: InspectedPackage): Row[] {
  const { entries, icon, readme, license } = content;
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  return [
    ["frameworks", joined(content.targetFrameworks) ?? "any"],
    ["embedded icon", icon && packagedText(icon)],
    ["readme", readme && packagedText(readme)],
    ["licence file", license && packagedText(license)],
    ["signature", content.signature],
    ["symbols", content.hasSymbols ? "inside" : "none"],
    ["newest entry", content.newestEntryTime],
    ["content", `${countOf(entries.length, "file")}, ${formatBytes(unpacked)} unpacked`],
  ];
}

function rowLines([label, value]: Row): string[] {
  if (value === undefined || value === "") return [];
  const cut = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  const [first = "", ...more] = cut.split("\n").map((line) => line.trim());
  const indent = " ".repeat(LABEL_WIDTH + 2);
  return [
    `  ${label.padEnd(LABEL_WIDTH)}${first}`,
    ...more.map((line) => (line === "" ? "" : indent + line)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function groupLines({ targetFramework = "any framework", dependencies }: DependencyGroup): string[] {
  if (dependencies.length === 0) return [`${targetFramework}: none`];
  return [
    `${targetFramework}:`,
    ...dependencies.map(({ id, range, include, exclude }) => {
      const assets = [include && `include ${include}`, exclude && `exclude ${exclude}`].filter(Boolean);
      return `  ${id} ${range}${assets.length === 0 ? "" : ` (${assets.join("; ")})`}`;
    }),
  ];
}

function licenseText(license: NuspecLicense | undefined): string | undefined {
  return license?.type === "expression" ? license.text : undefined;
}

function repositoryText({ type, url, branch, commit }: NuspecRepository): string {
  return [type, url, branch && `branch ${branch}`, commit && `commit ${commit}`].filter(Boolean).join(" ");
}

function packagedText({ path, bytes }: PackagedFile): string {
  return `${path}, ${formatBytes(bytes.length)}`;
}

function joined(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(", ");
}
