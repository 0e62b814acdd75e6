/**
 * Licence, repository and package types: single elements whose attributes matter (protocol.md §10.3).
 */
import type { NuspecLicense, NuspecRepository, PackageType } from "../nuspec-model.js";
import { omitUndefined } from "../omit-undefined.js";
import { quoted } from "../quoted.js";
import type { Warn } from "../warnings.js";
import { attributeOf, elementsAt, textOf, type ValueElements } from "./elements.js";
import type { XmlElement } from "./xml-element.js";

/** The version that a licence expression has without saying so. */
const defaultExpressionVersion = "1.0.0";
const licenseTypes = ["expression", "file"] as const;

export function readLicense(values: ValueElements, warn: Warn): NuspecLicense | undefined {
  const element = values.get("license");
  const text = element && textOf(element);
  if (element === undefined || text === undefined) return undefined;
  const typeText = attributeOf(element, "type");
  const type = licenseTypes.find((known) => known === typeText?.toLowerCase());
  if (type === undefined) {
    warn(`the license of type ${quoted(typeText ?? "")} is left out, the type must be expression or file`);
    return undefined;
  }
  const version = attributeOf(element, "version");
  return omitUndefined({ type, text, version: version === defaultExpressionVersion ? undefined : version });
}

/** The first one that says anything. */
export function readRepository(metadata: XmlElement): NuspecRepository | undefined {
  const [element] = elementsAt(metadata, "repository");
  if (element === undefined) return undefined;
  const [type, url, branch, commit] = ["type", "url", "branch", "commit"].map((name) =>
    attributeOf(element, name),
  );
  const repository = omitUndefined({ type, url, branch, commit });
  return Object.keys(repository).length === 0 ? undefined : repository;
}

export function readPackageTypes(metadata: XmlElement, warn: Warn): PackageType[] {
  return elementsAt(metadata, "packageTypes", "packageType").flatMap((element) => {
    const name = attributeOf(element, "name");
    if (name !== undefined) return [omitUndefined({ name, version: attributeOf(element, "version") })];
    warn("a package type without name is left out");
    return [];
  });
}
