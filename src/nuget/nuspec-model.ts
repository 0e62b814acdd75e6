/**
 * The manifest of a package as plain data (protocol.md §10.3). Texts are as written, trimmed; what is absent or
 * empty in the nuspec is absent here.
 */
import type { PackageId } from "./id.js";
import type { NuGetVersion } from "./version.js";

export interface Nuspec {
  readonly id: PackageId;
  readonly version: NuGetVersion;
  readonly authors?: string;
  readonly description?: string;
  readonly title?: string;
  /** Free text from the nuspec; never the accounts of publishers. */
  readonly owners?: string;
  readonly summary?: string;
  readonly releaseNotes?: string;
  readonly copyright?: string;
  readonly language?: string;
  /** Split at white space, comma, semicolon and bar; in their order, without duplicates (ignoring case). */
  readonly tags: readonly string[];
  readonly projectUrl?: string;
  readonly iconUrl?: string;
  /** Path inside the package. */
  readonly icon?: string;
  readonly licenseUrl?: string;
  readonly license?: NuspecLicense;
  /** Path inside the package. */
  readonly readme?: string;
  readonly requireLicenseAcceptance: boolean;
  readonly developmentDependency: boolean;
  readonly serviceable: boolean;
  readonly repository?: NuspecRepository;
  /** Empty when the nuspec is silent, which means `Dependency`. */
  readonly packageTypes: readonly PackageType[];
  readonly dependencyGroups: readonly DependencyGroup[];
  readonly frameworkAssemblies: readonly FrameworkAssembly[];
  readonly frameworkReferences: readonly FrameworkReferenceGroup[];
  readonly references: readonly ReferenceGroup[];
  readonly contentFiles: readonly ContentFiles[];
  readonly minClientVersion?: string;
  /**
   * The package is for clients that know SemVer 2 only: its own version, or a bound of any dependency's range as
   * written, is a SemVer 2 version (protocol.md §1.5). Kept here because normalized ranges lose metadata.
   */
  readonly isSemVer2: boolean;
}

export interface NuspecLicense {
  readonly type: "expression" | "file";
  /** The SPDX expression, or the path inside the package. */
  readonly text: string;
  /** Version of the expression language, when it is not 1.0.0. */
  readonly version?: string;
}

export interface NuspecRepository {
  readonly type?: string;
  readonly url?: string;
  readonly branch?: string;
  readonly commit?: string;
}

export interface PackageType {
  readonly name: string;
  readonly version?: string;
}

/** `targetFramework` is the nuspec's text; absent means any framework. */
export interface DependencyGroup {
  readonly targetFramework?: string;
  readonly dependencies: readonly Dependency[];
}

export interface Dependency {
  readonly id: PackageId;
  /** Normalized (`[1.0.0, )`); `(, )` where the nuspec has none or one that cannot be parsed. */
  readonly range: string;
  readonly include?: string;
  readonly exclude?: string;
}

export interface FrameworkAssembly {
  readonly assemblyName: string;
  readonly targetFrameworks: readonly string[];
}

export interface FrameworkReferenceGroup {
  readonly targetFramework: string;
  readonly names: readonly string[];
}

export interface ReferenceGroup {
  readonly targetFramework?: string;
  readonly files: readonly string[];
}

export interface ContentFiles {
  readonly include: string;
  readonly exclude?: string;
  readonly buildAction?: string;
  readonly copyToOutput: boolean;
  readonly flatten: boolean;
}
