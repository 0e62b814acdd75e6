/**
 * Reading frameworks from short names and folder names: `net45`, `net8.0-windows10.0.19041`,
 * `portable-net45+win8` (protocol.md §10.5).
 */
import {
  type FrameworkVersion,
  findSpecialFramework,
  isNet5OrLater,
  noVersion,
  type TargetFramework,
  unsupportedFramework,
  withProfile,
} from "./model.js";
import { expandProfile, findIdentifier } from "./names.js";
import { findProfile } from "./portable.js";
import { parseFolderVersion, parseMajorOrDottedVersion } from "./version.js";

// Identifier, version, and behind a hyphen the profile, platform or list. The look-ahead keeps dots, which fit
// identifier and version, from being tried in both: a long text would take quadratic time.
const shortForm = /^([A-Za-z.]+)(?![A-Za-z.])([\d.]*)(?:-([0-9A-Za-z.+-]+))?$/;
const platformForm = /^([A-Za-z.]+)(.*)$/;

/** Bare versions that once were names of .NET Framework. */
const bareVersions: ReadonlySet<string> = new Set("45 4.5 40 4.0 4 35 3.5 20 2.0 2".split(" "));

/**
 * Reads the name of a folder below `lib`, `ref` and so on, or any short name.
 *
 * @returns the unsupported framework for a name that is none, `undefined` for a portable list whose members have
 * profiles themselves (there the reference client throws)
 */
export function parseFrameworkFolder(folder: string): TargetFramework | undefined {
  return parseName(decodeAscii(folder), parsePortable);
}

/** Reads a list such as `net45+win8`; `undefined` when a member has a profile. */
export function parsePortableList(list: string): readonly TargetFramework[] | undefined {
  const names = list.split("+").filter((name) => name !== "");
  const members = names
    .map((name) => parseName(decodeAscii(name), parseNestedPortable))
    .filter((member) => member !== undefined);
  const isAllowed = members.length === names.length && members.every(({ profile }) => profile === undefined);
  return isAllowed ? members : undefined;
}

type ParsePortable = (framework: TargetFramework, list: string) => TargetFramework | undefined;

function parseName(name: string, parsePortable: ParsePortable): TargetFramework | undefined {
  const special = findSpecialFramework(name);
  if (special !== undefined) {
    return special;
  }
  const [, identifier, versionText = "", suffix = ""] = shortForm.exec(name) ?? [];
  if (identifier === undefined) {
    return parseBareVersion(name);
  }
  const framework = findIdentifier(identifier);
  const version = parseVersionOf(name, versionText);
  if (framework === undefined || version === undefined) {
    return unsupportedFramework;
  }
  return framework === ".NETPortable"
    ? parsePortable({ framework, version }, suffix)
    : withSuffix({ framework, version }, suffix);
}

function parseBareVersion(name: string): TargetFramework {
  const version = bareVersions.has(name) ? parseFolderVersion(name) : undefined;
  return version === undefined ? unsupportedFramework : { framework: ".NETFramework", version };
}

function parseVersionOf(name: string, versionText: string): FrameworkVersion | undefined {
  if (name.toLowerCase() === "dotnet") {
    return [5, 0, 0, 0];
  }
  return versionText === "" ? noVersion : parseFolderVersion(versionText);
}

function withSuffix(framework: TargetFramework, suffix: string): TargetFramework {
  const isNet5 = framework.framework === ".NETFramework" && framework.version[0] >= 5;
  const renamed = isNet5 ? { ...framework, framework: ".NETCoreApp" } : framework;
  return isNet5OrLater(renamed)
    ? withPlatform(renamed, suffix)
    : withProfile(framework, expandProfile(suffix));
}

function withPlatform(framework: TargetFramework, suffix: string): TargetFramework {
  if (suffix === "") {
    return framework;
  }
  const [, platform = suffix, versionText = ""] = platformForm.exec(suffix) ?? [];
  const platformVersion = versionText === "" ? noVersion : parseMajorOrDottedVersion(versionText);
  return platformVersion === undefined ? unsupportedFramework : { ...framework, platform, platformVersion };
}

function parsePortable(framework: TargetFramework, list: string): TargetFramework | undefined {
  const members = parsePortableList(list);
  if (members === undefined || members.length === 0) {
    return members && unsupportedFramework;
  }
  return withProfile(framework, findProfile(members) ?? list);
}

/** Within a list, a list would be a profile, which is refused; not reading it keeps the depth at two. */
function parseNestedPortable(_: TargetFramework, list: string): TargetFramework | undefined {
  return list === "" ? unsupportedFramework : undefined;
}

/** Undoes URI escapes. Only ASCII can be part of a name, so the others may stay. */
function decodeAscii(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
