/**
 * Short digests: they tell whether a document changed, name assets, and spread ids over partitions and shards.
 */
import type { CreateHash } from "../nuget/hash.js";
import type { LowerId } from "../nuget/id.js";

declare const digestBrand: unique symbol;

/** The first 128 bits of a SHA-256, as 32 lower-case hex digits. */
export type Digest = string & { readonly [digestBrand]: true };

/** Digests bytes; on Node at once, in workers by a promise. */
export type DigestBytes = (bytes: Uint8Array) => Digest | Promise<Digest>;

/** Makes the digest function of a runtime from its hash. */
export function createDigest(createHash: CreateHash): DigestBytes {
  return (bytes) => {
    const hash = createHash("sha256");
    const updated = hash.update(bytes);
    if (updated !== undefined) return updated.then(() => hash.digest()).then(hexDigest);
    const digest = hash.digest();
    return digest instanceof Promise ? digest.then(hexDigest) : hexDigest(digest);
  };
}

/** @param sha256 as lower-case hex digits */
export function shortDigest(sha256: string): Digest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes digests
  return sha256.slice(0, 32) as Digest;
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hexDigest(hash: Uint8Array): Digest {
  let hex = "";
  for (let i = 0; i < 16; i++) hex += hexDigits[hash[i] ?? 0];
  return shortDigest(hex);
}

const encoder = new TextEncoder();

/**
 * The 32-bit hash of an id (FNV-1a over UTF-8, then the finalizer of MurmurHash3, so that the first bits depend on
 * every character). Partitions and search shards are prefixes of it; a change would move every feed's state.
 */
export function idHash(id: LowerId): number {
  return textHash(id);
}

/** The same of any text. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The first `bits` bits (0 to 32) of the id's hash, as a number. */
export function idHashPrefix(id: LowerId, bits: number): number {
  return bits === 0 ? 0 : idHash(id) >>> (32 - bits);
}
