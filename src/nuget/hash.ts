/**
 * Hashing as an interface: Node and workers have different streaming hashes and WebCrypto has none, so whoever
 * starts the program hands one in.
 */

export type HashAlgorithm = "sha256" | "sha512";

/** A hash under way. `digest` ends it; a worker's implementation answers with promises. */
export interface StreamHash {
  update(bytes: Uint8Array): void | Promise<void>;
  digest(): Uint8Array | Promise<Uint8Array>;
}

export type CreateHash = (algorithm: HashAlgorithm) => StreamHash;
