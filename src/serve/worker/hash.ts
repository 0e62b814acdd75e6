/**
 * Hashing with what Workers have for streams: WebCrypto alone hashes whole buffers only.
 */
import { createDigest } from "../../feed/digest.js";
import type { CreateHash, HashAlgorithm } from "../../nuget/hash.js";

/** Cloudflare's addition to WebCrypto. */
interface DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<ArrayBuffer>;
}

declare const crypto: { readonly DigestStream: new (algorithm: string) => DigestStream };

const names: Readonly<Record<HashAlgorithm, string>> = { sha256: "SHA-256", sha512: "SHA-512" };

export const createHash: CreateHash = (algorithm) => {
  const stream = new crypto.DigestStream(names[algorithm]);
  const writer = stream.getWriter();
  return {
    update: async (bytes) => await writer.write(bytes),
    digest: async () => {
      await writer.close();
      return new Uint8Array(await stream.digest);
    },
  };
};

export const digest = createDigest(createHash);
