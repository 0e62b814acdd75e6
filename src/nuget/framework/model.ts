/**
 * What a target framework is, as plain data.
 */
import { ignoreCase } from "../dotnet-text.js";

/** Major, minor, build, revision. */
export type FrameworkVersion = readonly [number, number, number, number];

/** A framework that a package or project is made for. */
export interface TargetFramework {
  /** The canonical identifier, such as `.NETCoreApp`; as written when it is not a known one. */
  readonly framework: string;
  readonly version: FrameworkVersion;
  /** A variant, such as `Client`; `Profile259` or a list such as `net45+foo` when portable. Never empty. */
  readonly profile?: string;
  /** An operating system, such as `windows`; only from .NET 5 on. Never empty. */
  readonly platform?: string;
  /** Present with `platform`; zeros when none was written. */
  readonly platformVersion?: FrameworkVersion;
}

/** The version of frameworks that are written without one. */
export const noVersion: FrameworkVersion = [0, 0, 0, 0];

/** What any framework can use. */
export const anyFramework: TargetFramework = { framework: "Any", version: noVersion };

/** What belongs to no framework. */
export const agnosticFramework: TargetFramework = { framework: "Agnostic", version: noVersion };

/** What texts that name no known framework stand for. */
export const unsupportedFramework: TargetFramework = { framework: "Unsupported", version: noVersion };

/** The framework of the three above that a text names. */
export function findSpecialFramework(name: string): TargetFramework | undefined {
  return [anyFramework, agnosticFramework, unsupportedFramework].find((special) =>
    isIdentifier(special, name),
  );
}

/** True for `any`. */
export function isAny(framework: TargetFramework): boolean {
  return isIdentifier(framework, anyFramework.framework);
}

/** True for `agnostic`. */
export function isAgnostic(framework: TargetFramework): boolean {
  return isIdentifier(framework, agnosticFramework.framework);
}

/** True for what names no known framework. */
export function isUnsupported(framework: TargetFramework): boolean {
  return isIdentifier(framework, unsupportedFramework.framework);
}

/** True for a portable class library, which stands for several frameworks at once. */
export function isPortable(framework: TargetFramework): boolean {
  return isIdentifier(framework, ".NETPortable") && framework.version[0] < 5;
}

/** True for .NET 5 and later, which are called `net5.0` and may have a platform but no profile. */
export function isNet5OrLater(framework: Pick<TargetFramework, "framework" | "version">): boolean {
  return isIdentifier(framework, ".NETCoreApp") && framework.version[0] >= 5;
}

/** The framework with a profile, unless that is empty. */
export function withProfile(framework: TargetFramework, profile: string): TargetFramework {
  return profile === "" ? framework : { ...framework, profile };
}

/** True when all four numbers are 0, which short names leave out. */
export function isZero(version: FrameworkVersion): boolean {
  return version.every((part) => part === 0);
}

function isIdentifier({ framework }: Pick<TargetFramework, "framework">, identifier: string): boolean {
  return ignoreCase(framework) === ignoreCase(identifier);
}
