/**
 * Makes real .nupkg files in memory. Everything has a default, so that a test writes down only what it is about;
 * the same options give the same bytes.
 */
import { buildZip, type ZipEntry, type ZipOptions } from "./zip-builder.js";

export interface PackageOptions {
  readonly id: string;
  readonly version: string;
  /** Default `Contoso`; `null` leaves the element out. */
  readonly authors?: string | null;
  /** Default `Package {id}`; `null` leaves the element out. */
  readonly description?: string | null;
  readonly tags?: string;
  readonly title?: string;
  readonly projectUrl?: string;
  readonly repository?: { readonly type?: string; url?: string; branch?: string; commit?: string };
  readonly developmentDependency?: boolean;
  readonly minClientVersion?: string;
  /** Id → range for any framework, or groups; an empty range leaves the attribute out. */
  readonly dependencies?: DependencyRanges | readonly PackageDependencyGroup[];
  readonly packageTypes?: readonly (string | { readonly name: string; readonly version: string })[];
  readonly icon?: PackagedFile;
  readonly readme?: PackagedFile;
  /** An expression, or a file. */
  readonly license?: string | PackagedFile;
  /** Further metadata elements with plain text: `{ releaseNotes: "Faster" }`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** XML put into `<metadata>` as it is. */
  readonly metadataXml?: string;
  /** The whole nuspec; all metadata above is then not used. */
  readonly nuspec?: string | Uint8Array;
  /** Default `{id}.nuspec`; `null` leaves the nuspec out. */
  readonly nuspecName?: string | null;
  /** Path → content; default one empty marker below `lib/net8.0`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** ISO time of every entry. */
  readonly entryTime?: string;
  /** Entries put behind all others as they are, for what `files` cannot say. */
  readonly entries?: readonly ZipEntry[];
  readonly zip?: ZipOptions;
}

/** A file that the nuspec refers to; without content it is referred to but absent. */
export interface PackagedFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
}

export type DependencyRanges = Readonly<Record<string, string>>;

export interface PackageDependencyGroup {
  /** Absent: any framework. */
  readonly targetFramework?: string;
  readonly dependencies?: DependencyRanges;
}

/**
 * The bytes of a package.
 *
 * @example
 * buildPackage({ id: "Contoso.Core", version: "1.0.0", dependencies: { "Contoso.Base": "[1.0.0, )" } });
 */
export function buildPackage(options: PackageOptions): Uint8Array {
  return buildZip(packageEntries(options), options.zip);
}

/** The entries of {@link buildPackage}, for tests that change them first. */
export function packageEntries(options: PackageOptions): ZipEntry[] {
  const nuspecName = options.nuspecName === undefined ? `${options.id}.nuspec` : options.nuspecName;
  const license = typeof options.license === "object" ? options.license : undefined;
  const entries: ZipEntry[] = [{ name: "_rels/.rels", content: relationships(nuspecName ?? "") }];
  if (nuspecName !== null) {
    entries.push({ name: nuspecName, content: options.nuspec ?? nuspecText(options) });
  }
  for (const [name, content] of Object.entries(options.files ?? { "lib/net8.0/_._": "" })) {
    entries.push({ name, content });
  }
  for (const file of [options.icon, options.readme, license]) {
    if (file?.content !== undefined) entries.push({ name: file.path, content: file.content });
  }
  entries.push({ name: "[Content_Types].xml", content: contentTypes });
  const { entryTime } = options;
  const timed = entryTime === undefined ? entries : entries.map((entry) => ({ time: entryTime, ...entry }));
  return [...timed, ...(options.entries ?? [])];
}

/** The nuspec that {@link buildPackage} puts in. */
export function nuspecText(options: PackageOptions): string {
  const { authors = "Contoso", description = `Package ${options.id}`, minClientVersion } = options;
  const lines = [
    element("id", options.id),
    element("version", options.version),
    element("title", options.title),
    element("authors", authors),
    element("description", description),
    element("tags", options.tags),
    element("projectUrl", options.projectUrl),
    options.repository && `<repository${attributes(options.repository)} />`,
    element("icon", options.icon?.path),
    element("readme", options.readme?.path),
    licenseElement(options.license),
    element("developmentDependency", options.developmentDependency?.toString()),
    packageTypesElement(options.packageTypes),
    dependenciesElement(options.dependencies),
    ...Object.entries(options.metadata ?? {}).map(([name, text]) => element(name, text)),
    options.metadataXml,
  ];
  const metadata = lines.filter((line) => line !== undefined && line !== "").join("\n    ");
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata${attributes({ minClientVersion })}>
    ${metadata}
  </metadata>
</package>
`;
}

function element(name: string, text: string | null | undefined): string | undefined {
  return text === null || text === undefined ? undefined : `<${name}>${escapeXml(text)}</${name}>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, text]) => (text === undefined ? "" : ` ${name}="${escapeXml(text)}"`))
    .join("");
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function licenseElement(license: PackageOptions["license"]): string | undefined {
  if (license === undefined) return undefined;
  if (typeof license === "string") return `<license type="expression">${escapeXml(license)}</license>`;
  return `<license type="file">${escapeXml(license.path)}</license>`;
}

function packageTypesElement(types: PackageOptions["packageTypes"] = []): string | undefined {
  if (types.length === 0) return undefined;
  const elements = types.map((type) => {
    const { name, version } = typeof type === "string" ? { name: type, version: undefined } : type;
    return `<packageType${attributes({ name, version })} />`;
  });
  return `<packageTypes>${elements.join("")}</packageTypes>`;
}

function dependenciesElement(dependencies: PackageOptions["dependencies"]): string | undefined {
  if (dependencies === undefined) return undefined;
  const content = isGroups(dependencies)
    ? dependencies.map(groupElement).join("")
    : dependencyElements(dependencies);
  return `<dependencies>${content}</dependencies>`;
}

function isGroups(
  dependencies: DependencyRanges | readonly PackageDependencyGroup[],
): dependencies is readonly PackageDependencyGroup[] {
  return Array.isArray(dependencies);
}

function groupElement({ targetFramework, dependencies = {} }: PackageDependencyGroup): string {
  return `<group${attributes({ targetFramework })}>${dependencyElements(dependencies)}</group>`;
}

function dependencyElements(dependencies: DependencyRanges): string {
  return Object.entries(dependencies)
    .map(([id, range]) => `<dependency${attributes({ id, version: range === "" ? undefined : range })} />`)
    .join("");
}

function relationships(nuspecName: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/${escapeXml(nuspecName)}" Id="R1" /></Relationships>
`;
}

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" /><Default Extension="nuspec" ContentType="application/octet" /></Types>
`;
