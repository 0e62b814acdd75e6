/**
 * The tables of this folder, typed. `README.md` tells where they come from and what their fields mean.
 */
import { readFileSync } from "node:fs";

export interface VersionVector {
  readonly input: string;
  readonly valid: boolean;
  readonly strict: boolean;
  readonly normalized?: string;
  readonly full?: string;
  readonly url?: string;
  readonly text?: string;
  readonly isPrerelease?: boolean;
  readonly isSemVer2?: boolean;
  readonly hasMetadata?: boolean;
  readonly numbers?: readonly number[];
}

export interface CompareVector {
  readonly a: string;
  readonly b: string;
  readonly sign: number | null;
  readonly signWithMetadata?: number;
}

export interface RangeVector {
  readonly input: string;
  readonly valid: boolean;
  readonly validNoFloat: boolean;
  readonly normalized?: string;
  readonly short?: string;
  readonly legacyShort?: string;
  readonly pretty?: string;
  readonly min?: string | null;
  readonly minInclusive?: boolean;
  readonly max?: string | null;
  readonly maxInclusive?: boolean;
  readonly floating?: string | null;
  readonly probes: readonly string[];
  readonly satisfies?: readonly boolean[];
  readonly best?: string | null;
}

export interface FrameworkVector {
  readonly input: string;
  readonly parse: FrameworkAnswer | null;
  readonly folder: FrameworkAnswer | null;
}

export interface FrameworkAnswer {
  readonly short: string | null;
  readonly dotnet: string;
  readonly framework: string;
  readonly version: string;
  readonly profile?: string;
  readonly platform?: string;
  readonly platformVersion?: string;
  readonly unsupported?: true;
  readonly any?: true;
  readonly agnostic?: true;
  readonly pcl?: true;
}

export interface PortableProfileVector {
  readonly profile: string;
  readonly short: string;
  readonly withMono: boolean;
}

export const versionVectors = (): readonly VersionVector[] =>
  lines("versions.jsonl", "versions-odd.jsonl").map((line): VersionVector => JSON.parse(line));

export const compareVectors = (): readonly CompareVector[] =>
  lines("compare.jsonl", "compare-odd.jsonl").map((line): CompareVector => JSON.parse(line));

export const rangeVectors = (): readonly RangeVector[] =>
  lines("ranges.jsonl", "ranges-odd.jsonl").map((line): RangeVector => JSON.parse(line));

export const frameworkVectors = (): readonly FrameworkVector[] =>
  lines("frameworks.jsonl", "frameworks-odd.jsonl").map((line): FrameworkVector => JSON.parse(line));

export const portableProfileVectors = (): readonly PortableProfileVector[] =>
  lines("portable-profiles.jsonl").map((line): PortableProfileVector => JSON.parse(line));

function lines(...files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(new URL(file, import.meta.url), "utf8")
      .trimEnd()
      .split("\n"),
  );
}
