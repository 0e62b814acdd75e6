/**
 * Hashing with Node's own implementation.
 */
import { createHash as createNodeHash } from "node:crypto";
import { createDigest } from "../feed/digest.js";
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

export const digest = createDigest(createHash);
