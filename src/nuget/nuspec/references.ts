/**
 * What a nuspec says about assemblies and content files (protocol.md §10.3).
 */
import type {
  ContentFiles,
  FrameworkAssembly,
  FrameworkReferenceGroup,
  ReferenceGroup,
} from "../nuspec-model.js";
import { omitUndefined } from "../omit-undefined.js";
import { quoted } from "../quoted.js";
import type { Warn } from "../warnings.js";
import { attributeOf, elementsAt, parseFlag } from "./elements.js";
import type { XmlElement } from "./xml-element.js";

/** Assemblies of .NET Framework itself. */
export function readFrameworkAssemblies(metadata: XmlElement): FrameworkAssembly[] {
  return elementsAt(metadata, "frameworkAssemblies", "frameworkAssembly").flatMap((element) => {
    const assemblyName = attributeOf(element, "assemblyName");
    if (assemblyName === undefined) return [];
    const frameworks = (attributeOf(element, "targetFramework") ?? "").split(",");
    const targetFrameworks = frameworks.map((text) => text.trim()).filter((text) => text !== "");
    return [{ assemblyName, targetFrameworks }];
  });
}

/** Shared frameworks, such as `Microsoft.AspNetCore.App`. */
export function readFrameworkReferences(metadata: XmlElement): FrameworkReferenceGroup[] {
  return elementsAt(metadata, "frameworkReferences", "group").flatMap((group) => {
    const targetFramework = attributeOf(group, "targetFramework");
    if (targetFramework === undefined) return [];
    return [{ targetFramework, names: attributesAt(group, "frameworkReference", "name") }];
  });
}

/** The assemblies that projects reference, where not all of them. As with dependencies, groups win over a flat list. */
export function readReferences(metadata: XmlElement): ReferenceGroup[] {
  const groups = elementsAt(metadata, "references", "group");
  if (groups.length > 0) {
    return groups.map((group) => {
      const targetFramework = attributeOf(group, "targetFramework");
      return omitUndefined({ targetFramework, files: attributesAt(group, "reference", "file") });
    });
  }
  const files = elementsAt(metadata, "references").flatMap((list) => attributesAt(list, "reference", "file"));
  return files.length === 0 ? [] : [{ files }];
}

export function readContentFiles(metadata: XmlElement, warn: Warn): ContentFiles[] {
  return elementsAt(metadata, "contentFiles", "files").flatMap((element) => {
    const include = attributeOf(element, "include");
    if (include === undefined) {
      warn("content files without include are left out");
      return [];
    }
    const flag = (name: string) =>
      parseFlag(attributeOf(element, name), `${name} of the content files ${quoted(include)}`, warn);
    const exclude = attributeOf(element, "exclude");
    const buildAction = attributeOf(element, "buildAction");
    return [
      omitUndefined({
        include,
        exclude,
        buildAction,
        copyToOutput: flag("copyToOutput"),
        flatten: flag("flatten"),
      }),
    ];
  });
}

function attributesAt(element: XmlElement, childName: string, attributeName: string): string[] {
  return elementsAt(element, childName)
    .map((child) => attributeOf(child, attributeName))
    .filter((text) => text !== undefined);
}
