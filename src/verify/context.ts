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
  /** SHA-512 in base64, as records have it, of bytes that are in memory. */
  readonly sha512: (bytes: Uint8Array) => string | Promise<string>;
  /** How many reads may be under way at once. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
}
