/**
 * Which projects can use a package: those of the frameworks that it names, and of those that NuGet lets use them (a newer
 * version of the same framework, what implements a .NET Standard).
 */

export interface FrameworkFamily {
  readonly name: string;
  readonly frameworks: readonly SupportedFramework[];
}

export interface SupportedFramework {
  /** A short folder name. */
  readonly name: string;
  /** The package names it itself. */
  readonly isDirect: boolean;
}

type FamilyName = ".NET" | ".NET Core" | ".NET Standard" | ".NET Framework";

interface Framework {
  readonly name: string;
  /** Absent for those that nothing is compatible with but themselves. */
  readonly family?: FamilyName;
  /** Comparable within the family: 4.7.2 is 472, 8.0 is 800. */
  readonly version: number;
  /** Platform with its version, or profile. */
  readonly variant: string;
}

const prefixes: Readonly<Record<string, FamilyName>> = {
  net: ".NET",
  netcoreapp: ".NET Core",
  netstandard: ".NET Standard",
};

/** Newest last. A package says nothing of frameworks that came after it, so the list ends with what is released. */
const dotNet = ["5.0", "6.0", "7.0", "8.0", "9.0", "10.0"];

const families: readonly { readonly name: FamilyName; readonly known: readonly Framework[] }[] = [
  known(".NET", "net", dotNet),
  known(".NET Core", "netcoreapp", ["1.0", "1.1", "2.0", "2.1", "2.2", "3.0", "3.1"]),
  known(".NET Standard", "netstandard", ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1"]),
  known(".NET Framework", "net", "20 35 40 45 451 452 46 461 462 47 471 472 48 481".split(" ")),
];

function known(name: FamilyName, prefix: string, versions: readonly string[]) {
  return { name, known: versions.map((version) => parse(prefix + version)) };
}

/**
 * The frameworks by family.
 *
 * @param names short folder names; empty for a package that names none, which any framework can use
 * @param isDirectOnly a tool runs where it says, and nowhere else by rule
 */
export function frameworkSupport(names: readonly string[], isDirectOnly = false): FrameworkFamily[] {
  const assets = names.map(parse);
  const direct = new Set(names);
  const isSupported = (project: Framework) =>
    direct.has(project.name) || (!isDirectOnly && assets.some((asset) => canUse(project, asset)));
  const shown = ({ name }: Framework): SupportedFramework => ({ name, isDirect: direct.has(name) });
  const rows = families.map(({ name, known }) => {
    const own = assets.filter(({ family }) => family === name);
    const later = name === ".NET" ? laterPlatforms(own) : [];
    const all = new Map([...known, ...later, ...own].map((framework) => [framework.name, framework]));
    return { name, frameworks: [...all.values()].filter(isSupported).sort(byVersion).map(shown) };
  });
  const others = assets.filter(({ family }) => family === undefined).map(shown);
  return [...rows, { name: "Other", frameworks: others }].filter(({ frameworks }) => frameworks.length > 0);
}

function parse(name: string): Framework {
  const [, prefix = "", digits = "", variant = ""] =
    /^(netcoreapp|netstandard|net)(\d+(?:\.\d+)?)(?:-(.+))?$/.exec(name) ?? [];
  const [major = 0, minor] = digits.split(".").map(Number);
  const family = prefixes[prefix];
  if (family !== undefined && minor !== undefined)
    return { name, family, version: major * 100 + minor, variant };
  if (prefix !== "net") return { name, version: 0, variant: "" };
  return { name, family: ".NET Framework", version: Number(digits.padEnd(3, "0").slice(0, 3)), variant };
}

function byVersion(a: Framework, b: Framework): number {
  return a.version - b.version || (a.variant < b.variant ? -1 : 1);
}

function canUse(project: Framework, asset: Framework): boolean {
  if (asset.family === undefined) return false;
  if (project.family === asset.family) {
    return asset.version <= project.version && (asset.variant === "" || asset.variant === project.variant);
  }
  if (asset.variant !== "") return false;
  if (asset.family === ".NET Core") return project.family === ".NET";
  return asset.family === ".NET Standard" && asset.version <= newestStandard(project);
}

/** By the version of .NET Framework: the .NET Standard that it implements. */
const standards = [
  [461, 200],
  [460, 103],
  [451, 102],
  [450, 101],
] as const;

/** The newest .NET Standard that a framework implements, in the form of {@link Framework.version}; 0 for none. */
function newestStandard({ family, version }: Framework): number {
  if (family === ".NET" || (family === ".NET Core" && version >= 300)) return 201;
  if (family === ".NET Core") return version >= 200 ? 200 : 106;
  return standards.find(([framework]) => version >= framework)?.[1] ?? 0;
}

/** What is made for a platform can be used by later versions for that platform. */
function laterPlatforms(assets: readonly Framework[]): Framework[] {
  const platforms = new Set(assets.map(({ variant }) => variant));
  platforms.delete("");
  return [...platforms].flatMap((platform) => dotNet.map((version) => parse(`net${version}-${platform}`)));
}
