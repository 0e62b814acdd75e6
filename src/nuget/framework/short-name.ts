/**
 * The parts of a short framework name that all frameworks have: identifier and version, `net` and `45`.
 */
import { isNet5OrLater, type TargetFramework } from "./model.js";
import { shortIdentifier } from "./names.js";
import { folderVersion } from "./version.js";

/** Short identifier and version together: `net45`, `netstandard2.0`. */
export function nameWithVersion(framework: TargetFramework): string {
  return `${shortIdentifierOf(framework)}${shortVersionOf(framework)}`;
}

/** The short identifier. An unknown one gives its letters and digits, possibly none. */
export function shortIdentifierOf(framework: TargetFramework): string {
  const identifier = isNet5OrLater(framework) ? ".NETFramework" : framework.framework;
  return shortIdentifier(identifier) ?? identifier.replaceAll(/[^\p{L}\p{Nd}]|[\u{10000}-\u{10ffff}]/gu, "");
}

/** The version, empty for zeros and for `dotnet` 5.0, whose name has none. */
export function shortVersionOf({ framework, version, profile }: TargetFramework): string {
  const isDotNet50 = framework === ".NETPlatform" && version.join(".") === "5.0.0.0";
  return isDotNet50 && profile === undefined ? "" : folderVersion(framework, version);
}
