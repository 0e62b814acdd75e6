/**
 * The guards: they look at everything that the sources say before the first write, and refuse what would do harm.
 */
import { FeedError } from "../errors.js";
import { recordVersion } from "../feed/feed-package.js";
import { normalizedVersion } from "../nuget/version.js";
import type { Conflict } from "../state/merge.js";
import type { BuildOptions, Problem } from "./options.js";

/** A build that was refused because of its input; it wrote nothing. */
export class RefusedBuildError extends FeedError {
  override readonly name: string = "RefusedBuildError";
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, problems: readonly Problem[], hint?: string) {
    super(code, message, hint === undefined ? {} : { hint });
    this.problems = problems;
  }
}

export interface GuardedInput {
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Conflict[];
  /** Package files found. */
  readonly packages: number;
  /** Versions that the source held before, and those of them that it holds no longer. */
  readonly known: number;
  readonly withdrawn: number;
}

type Allowances = Pick<
  BuildOptions,
  "strict" | "allowEmpty" | "allowMassRemoval" | "allowReplace" | "sources"
>;

/** @throws FeedError when the input must not become a feed */
export function guardInput(input: GuardedInput, options: Allowances): void {
  const conflicts = input.conflicts.filter(({ kind }) => kind !== "changed" || options.allowReplace !== true);
  const problems = [...input.problems, ...conflicts.map(conflictProblem)];
  if (conflicts.length > 0) {
    throw new RefusedBuildError(
      "version-conflict",
      `Cannot build the feed: ${count(conflicts.length, "version")} with different bytes; nothing was written`,
      problems,
      conflictHint(conflicts),
    );
  }
  const serious = input.problems.filter(({ severity }) => severity === "problem");
  if (options.strict === true && serious.length > 0) {
    throw new RefusedBuildError(
      "strict",
      `Cannot build the feed: ${count(serious.length, "problem")} with --strict; nothing was written`,
      problems,
      "mend what is named above, or build without --strict",
    );
  }
  if (input.packages === 0 && options.allowEmpty !== true) {
    throw new FeedError(
      "no-packages",
      `Cannot build the feed: no package in ${options.sources.map((source) => `"${source}"`).join(", ")}`,
      {
        hint: "check the folder, or add --allow-empty if an empty feed is meant",
      },
    );
  }
  if (input.withdrawn * 2 > input.known && options.allowMassRemoval !== true) {
    throw new FeedError(
      "mass-removal",
      `Cannot build the feed: ${input.withdrawn} of ${input.known} known versions are gone from the sources`,
      { hint: "check the folder, or add --allow-mass-removal if they are meant to leave the feed" },
    );
  }
}

function conflictProblem({ kind, record, path, other }: Conflict): Problem {
  const version = `${record.id} ${normalizedVersion(recordVersion(record))}`;
  const reasons = {
    duplicate: `it has other bytes than "${other}"`,
    changed:
      other === path
        ? "its bytes are not those that were published"
        : `its bytes are not those that were published from "${other}"`,
    "other-origin": `it has other bytes than the version that was ${other}`,
  };
  return {
    severity: "problem",
    code: `version-${kind}`,
    file: path,
    message: `Cannot take "${path}" as ${version}: ${reasons[kind]}`,
  };
}

function conflictHint(conflicts: readonly Conflict[]): string {
  if (conflicts.every(({ kind }) => kind === "changed")) {
    return "give the package a new version, or add --allow-replace: clients that know the old bytes will refuse the new ones";
  }
  return "keep one file of each version";
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
