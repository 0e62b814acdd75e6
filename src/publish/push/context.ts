/**
 * What changing a feed through the API needs beside what all publishing needs.
 */
import type { PackageRecord } from "../../feed/record.js";
import type { CreateHash } from "../../nuget/hash.js";
import type { PublishContext } from "../context.js";

/** Whether a version that the feed has may be pushed again with other bytes. */
export type OverwritePolicy = "never" | "prerelease" | "always";

export const OVERWRITE_POLICIES: readonly OverwritePolicy[] = ["never", "prerelease", "always"];

export interface PushContext extends PublishContext {
  readonly createHash: CreateHash;
  readonly overwrite: OverwritePolicy;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to below 1, as `Math.random`. */
  readonly random: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told of a change once the state has it and before any document shows it; waited for, and must not fail. */
  readonly onAccepted?: (kind: "created" | "replaced" | "changed") => Promise<void>;
  /** Throws a `PackageError` for packages that the store cannot hold. */
  readonly refuseRecord?: (record: PackageRecord) => void;
}
