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

/** Newest last. A package says nothing of frameworks that came after it, so the list ends with what is released. */
const dotNet = ["net5.0", "net6.0", "net7.0", "net8.0", "net9.0", "net10.0"];

const families: readonly { readonly name: string; readonly known: readonly string[] }[] = [
  { name: ".NET", known: dotNet },
  {
    name: ".NET Core",
    known: ["1.0", "1.1", "2.0", "2.1", "2.2", "3.0", "3.1"].map((version) => `netcoreapp${version}`),
  },
  {
    name: ".NET Standard",
    known: ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1"].map(
      (version) => `netstandard${version}`,
    ),
  },
  {
    name: ".NET Framework",
    known: "20 35 40 45 451 452 46 461 462 47 471 472 48 481".split(" ").map((version) => `net${version}`),
  },
];

/**
 * The frameworks by family.
 *
 * @param names short folder names; empty for a package that names none, which any framework can use
 * @param isDirectOnly a tool runs where it says, and nowhere else by rule
 */
export function frameworkSupport(names: readonly string[], isDirectOnly = false): FrameworkFamily[] {
  const direct = new Set(names);
  const rows = families.map(({ name, known }) => {
    const candidates = name === ".NET" ? [...known, ...laterPlatforms(names)] : known;
    const all = [...new Set([...candidates, ...names.filter((other) => familyOf(other) === name)])];
    const supported = all.filter(
      (project) => direct.has(project) || (!isDirectOnly && names.some((asset) => canUse(project, asset))),
    );
    return { name, frameworks: supported.sort(byVersion).map(supportedBy(direct)) };
  });
  const others = names.filter((name) => familyOf(name) === undefined);
  return [...rows, { name: "Other", frameworks: others.map(supportedBy(direct)) }].filter(
    ({ frameworks }) => frameworks.length > 0,
  );
}

function supportedBy(direct: ReadonlySet<string>) {
  return (name: string): SupportedFramework => ({ name, isDirect: direct.has(name) });
}

interface Parsed {
  readonly family: ".NET" | ".NET Core" | ".NET Standard" | ".NET Framework";
  /** Comparable within the family: 4.7.2 is 472. */
  readonly version: number;
  /** Platform with its version, or profile. */
  readonly variant: string;
}

function parse(name: string): Parsed | undefined {
  const [, family, digits = "", variant = ""] =
    /^(netcoreapp|netstandard|net)(\d+(?:\.\d+)?)(?:-(.+))?$/.exec(name) ?? [];
  if (family === undefined) return undefined;
  const dotted = digits.includes(".");
  if (family === "net" && !dotted) {
    return { family: ".NET Framework", version: Number(digits.padEnd(3, "0").slice(0, 3)), variant };
  }
  if (!dotted) return undefined;
  const [major = 0, minor = 0] = digits.split(".").map(Number);
  const version = major * 100 + minor;
  if (family === "netstandard") return { family: ".NET Standard", version, variant };
  return { family: family === "netcoreapp" ? ".NET Core" : ".NET", version, variant };
}

function familyOf(name: string): string | undefined {
  return parse(name)?.family;
}

function byVersion(a: string, b: string): number {
  const [first, second] = [parse(a), parse(b)];
  const byNumber = (first?.version ?? 0) - (second?.version ?? 0);
  return byNumber !== 0 ? byNumber : (first?.variant ?? "") < (second?.variant ?? "") ? -1 : 1;
}

function canUse(projectName: string, assetName: string): boolean {
  const project = parse(projectName);
  const asset = parse(assetName);
  if (project === undefined || asset === undefined) return false;
  if (project.family === asset.family) {
    return asset.version <= project.version && (asset.variant === "" || asset.variant === project.variant);
  }
  if (asset.variant !== "") return false;
  if (asset.family === ".NET Core") return project.family === ".NET";
  return asset.family === ".NET Standard" && asset.version <= newestStandard(project);
}

/** The newest .NET Standard that a framework implements, in the form of {@link Parsed.version}; 0 for none. */
function newestStandard({ family, version }: Parsed): number {
  if (family === ".NET" || (family === ".NET Core" && version >= 300)) return 201;
  if (family === ".NET Core") return version >= 200 ? 200 : 106;
  const implemented = [
    [461, 200],
    [460, 103],
    [451, 102],
    [450, 101],
  ].find(([framework = 0]) => version >= framework);
  return implemented?.[1] ?? 0;
}

/** What is made for a platform can be used by later versions for that platform. */
function laterPlatforms(names: readonly string[]): string[] {
  const platforms = new Set(
    names.map(parse).flatMap((framework) => (framework?.family === ".NET" ? [framework.variant] : [])),
  );
  platforms.delete("");
  return [...platforms].flatMap((platform) => dotNet.map((name) => `${name}-${platform}`));
}
