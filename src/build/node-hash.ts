/**
 * Hashing with Node's own implementation.
 */
import { createHash as createNodeHash, hash } from "node:crypto";
import { type DigestBytes, shortDigest } from "../feed/digest.js";
import type { CreateHash } from "../nuget/hash.js";

export const createHash: CreateHash = (algorithm) => {
  const hash = createNodeHash(algorithm);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.digest(),
  };
};

/** The same as that of `createDigest`, in one call instead of four. */
export const digest: DigestBytes = (bytes) => shortDigest(hash("sha256", bytes, "hex"));

/** SHA-512 in base64, as records have it. */
export function sha512(bytes: Uint8Array): string {
  return hash("sha512", bytes, "base64");
}
