/**
 * Reading frameworks from any text: full names with commas, else short names (protocol.md §10.5).
 */
import { ignoreCase, trimDotNet } from "../dotnet-text.js";
import {
  type FrameworkVersion,
  findSpecialFramework,
  isNet5OrLater,
  noVersion,
  type TargetFramework,
  withProfile,
} from "./model.js";
import { findIdentifier } from "./names.js";
import { parseFrameworkFolder } from "./parse-folder.js";
import { parseMajorOrDottedVersion } from "./version.js";

/**
 * Reads a framework as nuspecs, project files and folders name it.
 *
 * @returns the unsupported framework for a short name that is none; `undefined` for a full name that the reference
 * client refuses by throwing (a version that is none, a hyphen in a portable profile)
 */
export function parseFramework(text: string): TargetFramework | undefined {
  return text.includes(",") ? parseFullName(text) : parseFrameworkFolder(text);
}

/** `.NETFramework,Version=v4.0,Profile=Client`. Unknown identifiers are kept. */
function parseFullName(text: string): TargetFramework | undefined {
  const parts = text
    .split(",")
    .filter((part) => part !== "")
    .map(trimDotNet);
  const [name] = parts;
  if (name === undefined) {
    return undefined;
  }
  return findSpecialFramework(name) ?? parseParts(findIdentifier(name) ?? name, parts);
}

function parseParts(identifier: string, parts: readonly string[]): TargetFramework | undefined {
  const profile = findValue(parts, "Profile=") ?? "";
  const version = parseVersionPart(findValue(parts, "Version="));
  if (version === undefined || (identifier === ".NETPortable" && profile.includes("-"))) {
    return undefined;
  }
  const framework = { framework: identifier, version };
  return isNet5OrLater(framework) ? framework : withProfile(framework, profile);
}

function parseVersionPart(text: string | undefined): FrameworkVersion | undefined {
  return text === undefined ? noVersion : parseMajorOrDottedVersion(text.replace(/^v+/, ""));
}

/** The text up to a second `=`. A key that stands there twice does not count at all. */
function findValue(parts: readonly string[], key: string): string | undefined {
  const matching = parts.filter((part) => ignoreCase(part).startsWith(ignoreCase(key)));
  return matching.length === 1 ? matching[0]?.split("=")[1] : undefined;
}
