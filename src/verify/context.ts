/**
 * What every check needs: what reads the feed, and what the runtime hands in.
 */
import type { DigestBytes } from "../feed/digest.js";
import type { CreateHash } from "../nuget/hash.js";
import type { FeedReader } from "./feed-reader.js";

export interface VerifyContext {
  readonly reader: FeedReader;
  readonly createHash: CreateHash;
  readonly digest: DigestBytes;
  /** How many reads may be under way at once. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
}
