/**
 * What is known of one case at one size and place once it was measured.
 */
import type { FileCounts } from "./feed-files.js";
import type { Usage } from "./measure.js";
import type { PlaceName } from "./place.js";

export type CaseName =
  | "clean"
  | "unchanged"
  | "touched"
  | "build-one"
  | "add-one"
  | "big-id"
  | "base-url"
  | "verify"
  | "verify-quick"
  | "site"
  | "site-one";

/** What one run wrote, found by looking at the output before and after it. */
export interface Written {
  readonly counts: FileCounts;
  readonly bytes: number;
  /** Whether files came or went in the folder of the state, as a lock does. */
  readonly touchedStateFolder: boolean;
}

export interface Measured {
  readonly nupress: Usage;
  readonly limit: Usage;
  readonly written: Written;
}

export interface Row extends Measured {
  readonly name: CaseName;
  readonly title: string;
  readonly place: PlaceName;
  readonly packages: number;
}

/** How many times as long as the limit program. */
export function ratioOf({ nupress, limit }: Measured): number {
  return nupress.seconds / limit.seconds;
}
