/**
 * Whether a project for one framework can use a package for another: the nearest-framework rules of the reference
 * client without its fallbacks, for the frameworks that are still met.
 */

import { parsePortableList } from "../nuget/framework/parse-folder.js";
import { profileList, profileNumber } from "../nuget/framework/portable.js";
import { type FrameworkVersion, isAny, isUnsupported, type TargetFramework } from "../nuget/framework.js";

/** Whose packages of which version a framework can use besides its own, from its own version on. */
type Row = readonly [project: string, from: FrameworkVersion, uses: string, upTo: FrameworkVersion];

const row = (project: string, from: string, uses: string, upTo: string): Row => [
  project,
  numbers(from),
  uses,
  numbers(upTo),
];

const rows: readonly Row[] = [
  row(".NETCoreApp", "1.0", ".NETStandard", "1.6"),
  row(".NETCoreApp", "2.0", ".NETStandard", "2.0"),
  row(".NETCoreApp", "3.0", ".NETStandard", "2.1"),
  row(".NETFramework", "4.5", ".NETStandard", "1.1"),
  row(".NETFramework", "4.5.1", ".NETStandard", "1.2"),
  row(".NETFramework", "4.6", ".NETStandard", "1.3"),
  row(".NETFramework", "4.6.1", ".NETStandard", "2.0"),
  row("UAP", "10.0", ".NETStandard", "1.4"),
  row("UAP", "10.0.15064", ".NETStandard", "2.0"),
  row("UAP", "10.0", "Windows", "8.1"),
  row("UAP", "10.0", "WindowsPhoneApp", "8.1"),
  row("UAP", "10.0", ".NETCore", "5.0"),
  row(".NETCore", "5.0", ".NETStandard", "1.4"),
  row("Windows", "8.0", ".NETStandard", "1.1"),
  row("Windows", "8.1", ".NETStandard", "1.2"),
  row("WindowsPhoneApp", "8.1", ".NETStandard", "1.2"),
  row("WindowsPhone", "8.0", ".NETStandard", "1.0"),
  row("MonoAndroid", "0.0", ".NETStandard", "2.1"),
  row("MonoTouch", "0.0", ".NETStandard", "2.1"),
  row("MonoMac", "0.0", ".NETStandard", "2.1"),
  row("Xamarin.iOS", "0.0", ".NETStandard", "2.1"),
  row("Xamarin.Mac", "0.0", ".NETStandard", "2.1"),
  row("Xamarin.TVOS", "0.0", ".NETStandard", "2.1"),
  row("Xamarin.WatchOS", "0.0", ".NETStandard", "2.1"),
  row("Tizen", "3.0", ".NETStandard", "1.6"),
  row("Tizen", "4.0", ".NETStandard", "2.0"),
  row("Tizen", "6.0", ".NETStandard", "2.1"),
  row("DNX", "4.5.1", ".NETFramework", "4.5.1"),
  row("DNXCore", "5.0", ".NETStandard", "1.5"),
];

/** From .NET 6 on, projects for Android can use what was made for its forerunner. */
const monoAndroid = ".NETCoreApp|android";

function numbers(text: string): FrameworkVersion {
  const [major = 0, minor = 0, build = 0, revision = 0] = text.split(".").map(Number);
  return [major, minor, build, revision];
}

/** Whether a project for `project` can use a package for `library`. */
export function isCompatible(project: TargetFramework, library: TargetFramework): boolean {
  if (isAny(library) || isAny(project)) return true;
  if (isUnsupported(library) || isUnsupported(project)) return false;
  if (sameName(library.framework, ".NETPortable")) return fitsPortable(project, library);
  if (sameName(project.framework, library.framework)) return fitsOwnKind(project, library);
  return (
    fitsTable(project, library) ||
    (project.version[0] >= 6 &&
      sameName(`${project.framework}|${project.platform ?? ""}`, monoAndroid) &&
      sameName(library.framework, "MonoAndroid"))
  );
}

function fitsOwnKind(project: TargetFramework, library: TargetFramework): boolean {
  return (
    isAtMost(library.version, project.version) &&
    sameName(profileOf(project), profileOf(library)) &&
    fitsPlatform(project, library)
  );
}

/** The full framework and its client profile use each other's packages. */
function profileOf({ framework, profile = "" }: TargetFramework): string {
  return sameName(framework, ".NETFramework") && sameName(profile, "Client") ? "" : profile;
}

function fitsPlatform(project: TargetFramework, library: TargetFramework): boolean {
  if (library.platform === undefined) return true;
  return (
    sameName(project.platform ?? "", library.platform) &&
    isAtMost(library.platformVersion ?? numbers(""), project.platformVersion ?? numbers(""))
  );
}

function fitsTable(project: TargetFramework, library: TargetFramework): boolean {
  return (
    library.profile === undefined &&
    rows.some(
      ([name, from, uses, upTo]) =>
        sameName(name, project.framework) &&
        sameName(uses, library.framework) &&
        isAtMost(from, project.version) &&
        isAtMost(library.version, upTo),
    )
  );
}

/** A portable library fits each of its frameworks; a portable project needs libraries that fit all of its own. */
function fitsPortable(project: TargetFramework, { profile = "" }: TargetFramework): boolean {
  const offered = portableMembers(profile);
  const needed = sameName(project.framework, ".NETPortable")
    ? portableMembers(project.profile ?? "")
    : [project];
  return (
    needed.length > 0 &&
    needed.every((framework) => offered.some((member) => isCompatible(framework, member)))
  );
}

function portableMembers(profile: string): readonly TargetFramework[] {
  const number = profileNumber(profile);
  return parsePortableList((number === undefined ? profile : profileList(number)) ?? "") ?? [];
}

function isAtMost(version: FrameworkVersion, limit: FrameworkVersion): boolean {
  for (const [at, part] of version.entries()) {
    const other = limit[at] ?? 0;
    if (part !== other) return part < other;
  }
  return true;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
