/**
 * What the verification of a folder is told.
 */
import type { VerifyProgress } from "../report.js";

export interface VerifyOptions {
  /** The folder that holds the feed. */
  readonly folder: string;
  /** Does not hash packages, and renders no web page to compare it; everything else is looked at. */
  readonly quick?: boolean;
  /** Makes again what can be made again, and then tells what is left. */
  readonly repair?: boolean;
  /** How long to wait for another writer before a repair, in seconds; default not at all. */
  readonly lockTimeout?: number;
  /** Worker threads; 0 does everything in place. Default: as many as there are processors, for large feeds only. */
  readonly threads?: number;
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
}

/** The same for a feed in any store. */
export type StoreVerifyOptions = Omit<VerifyOptions, "folder" | "threads">;
