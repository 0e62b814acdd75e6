/**
 * The names of a framework (protocol.md §10.5).
 */
import { lowerInvariant } from "../dotnet-text.js";
import { frameworkKey } from "./compare.js";
import {
  findSpecialFramework,
  isNet5OrLater,
  isPortable,
  isZero,
  noVersion,
  type TargetFramework,
} from "./model.js";
import { shortenProfile } from "./names.js";
import { parsePortableList } from "./parse-folder.js";
import { joinNames, profileList, profileNumber } from "./portable.js";
import { nameWithVersion, shortIdentifierOf } from "./short-name.js";
import { displayVersion, folderVersion } from "./version.js";

/**
 * The short name, in lower case: `net45`, `net8.0-windows10.0.19041`, `portable-net45+win8`.
 *
 * Where the reference client has none and throws (an identifier without letters and digits, a portable profile that
 * is neither a known number nor a list of frameworks), this is the full name.
 */
export function shortFolderName(framework: TargetFramework): string {
  const special = findSpecialFramework(framework.framework);
  const name = special?.framework ?? specificName(framework) ?? dotNetFrameworkName(framework);
  return lowerInvariant(name);
}

/** The full name: `.NETFramework,Version=v4.0,Profile=Client`. Platforms are not part of it. */
export function dotNetFrameworkName({ framework, version, profile }: TargetFramework): string {
  // `dotnet` without version means its first, 5.0.
  const isDotNet = framework === ".NETPlatform" && isZero(version) && profile === undefined;
  const name = `${framework},Version=v${isDotNet ? "5.0" : displayVersion(version)}`;
  return profile === undefined ? name : `${name},Profile=${profile}`;
}

function specificName(framework: TargetFramework): string | undefined {
  const suffix = suffixOf(framework);
  if (suffix === undefined || shortIdentifierOf(framework) === "") {
    return undefined;
  }
  return suffix === "" ? nameWithVersion(framework) : `${nameWithVersion(framework)}-${suffix}`;
}

function suffixOf(framework: TargetFramework): string | undefined {
  if (isPortable(framework)) {
    return portableSuffix(framework.profile ?? "");
  }
  if (isNet5OrLater(framework)) {
    const { platform = "", platformVersion = noVersion } = framework;
    return `${platform}${folderVersion(framework.framework, platformVersion)}`;
  }
  return shortenProfile(framework.profile ?? "");
}

function portableSuffix(profile: string): string | undefined {
  const number = profileNumber(profile);
  if (number !== undefined) {
    return profileList(number);
  }
  const members = parsePortableList(profile) ?? [];
  const distinct = new Map(members.map((member) => [frameworkKey(member), shortFolderName(member)]));
  return distinct.size === 0 ? undefined : joinNames([...distinct.values()]);
}
