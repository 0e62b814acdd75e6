/**
 * Nuspecs: the manifest of a package, from bytes to plain data (protocol.md §10.2–10.4).
 */
import { PackageError } from "../errors.js";
import { readLicense, readPackageTypes, readRepository } from "./nuspec/attributed.js";
import { decodeXml } from "./nuspec/decode.js";
import { readDependencies } from "./nuspec/dependencies.js";
import { attributeOf, parseFlag, textOf, valueElements } from "./nuspec/elements.js";
import { readId, readVersion } from "./nuspec/identity.js";
import {
  readContentFiles,
  readFrameworkAssemblies,
  readFrameworkReferences,
  readReferences,
} from "./nuspec/references.js";
import { splitTags } from "./nuspec/tags.js";
import { parseXml } from "./nuspec/xml.js";
import type { XmlElement } from "./nuspec/xml-element.js";
import type { Nuspec } from "./nuspec-model.js";
import { omitUndefined } from "./omit-undefined.js";
import { quoted } from "./quoted.js";
import { isSemVer2, parseVersion } from "./version.js";
import type { Warn } from "./warnings.js";

export interface ParsedNuspec {
  readonly nuspec: Nuspec;
  /** What was left out or read in another way than it stands there, one line each without a full stop. */
  readonly warnings: readonly string[];
}

/**
 * Reads the nuspec of a package. As lenient as clients are in everything but what makes a package unusable.
 *
 * @throws PackageError when it is not well-formed XML, declares a document type, or has no valid id and version
 */
export function parseNuspec(bytes: Uint8Array): ParsedNuspec {
  const warnings: string[] = [];
  const nuspec = readMetadata(findMetadata(parseXml(decodeXml(bytes))), (warning) => warnings.push(warning));
  return { nuspec, warnings };
}

/** The namespace may be on the root or only on the metadata, and the root's name is not looked at by clients. */
function findMetadata(root: XmlElement): XmlElement {
  const metadata = root.children.find((child) => child.name === "metadata");
  if (metadata === undefined) {
    throw new PackageError("nuspec-metadata", `its nuspec has no <metadata> in <${root.name}>`);
  }
  return metadata;
}

function readMetadata(metadata: XmlElement, warn: Warn): Nuspec {
  const values = valueElements(metadata);
  const text = (lowerName: string): string | undefined => {
    const element = values.get(lowerName);
    return element && textOf(element);
  };
  const flag = (name: string): boolean => parseFlag(text(name.toLowerCase()), name, warn);
  const version = readVersion(text("version"));
  const dependencies = readDependencies(metadata, warn);
  const nuspec = omitUndefined({
    id: readId(text("id")),
    version,
    authors: text("authors"),
    description: text("description"),
    title: text("title"),
    owners: text("owners"),
    summary: text("summary"),
    releaseNotes: text("releasenotes"),
    copyright: text("copyright"),
    language: text("language"),
    tags: splitTags(text("tags")),
    projectUrl: text("projecturl"),
    iconUrl: text("iconurl"),
    icon: text("icon"),
    licenseUrl: text("licenseurl"),
    license: readLicense(values, warn),
    readme: text("readme"),
    requireLicenseAcceptance: flag("requireLicenseAcceptance"),
    developmentDependency: flag("developmentDependency"),
    serviceable: flag("serviceable"),
    repository: readRepository(metadata),
    packageTypes: readPackageTypes(metadata, warn),
    dependencyGroups: dependencies.groups,
    frameworkAssemblies: readFrameworkAssemblies(metadata),
    frameworkReferences: readFrameworkReferences(metadata),
    references: readReferences(metadata),
    contentFiles: readContentFiles(metadata, warn),
    minClientVersion: readMinClientVersion(metadata, warn),
    isSemVer2: isSemVer2(version) || dependencies.haveSemVer2,
  });
  warnOfMissing(nuspec, warn);
  return nuspec;
}

function readMinClientVersion(metadata: XmlElement, warn: Warn): string | undefined {
  const text = attributeOf(metadata, "minClientVersion");
  if (text === undefined || parseVersion(text) !== undefined) return text;
  warn(`minClientVersion ${quoted(text)} is left out, it is no version`);
  return undefined;
}

/** Pack requires them and most feeds refuse a package without; yet there are many. */
function warnOfMissing(nuspec: Nuspec, warn: Warn): void {
  for (const name of ["authors", "description"] as const) {
    if (nuspec[name] === undefined) warn(`its nuspec has no ${name}`);
  }
}
