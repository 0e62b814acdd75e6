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
  /** Null when one of the two is not valid. */
  readonly sign: number | null;
  readonly signWithMetadata?: number;
}

export const versionVectors = (): readonly VersionVector[] =>
  lines("versions.jsonl").map((line): VersionVector => JSON.parse(line));

export const compareVectors = (): readonly CompareVector[] =>
  lines("compare.jsonl").map((line): CompareVector => JSON.parse(line));

function lines(file: string): readonly string[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
}
