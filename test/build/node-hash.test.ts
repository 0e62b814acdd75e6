import { expect, test } from "vitest";
import { createHash, digest, sha512 } from "../../src/build/node-hash.js";
import { createDigest } from "../../src/feed/digest.js";

const bytes = new TextEncoder().encode("a package");

test("a digest in one call is that of the stream hash", async () => {
  expect(await digest(bytes)).toBe(await createDigest(createHash)(bytes));
  expect(await digest(bytes)).toMatch(/^[0-9a-f]{32}$/);
});

test("SHA-512 is in base64, as nuget.org writes it", async () => {
  const hash = createHash("sha512");
  await hash.update(bytes);
  expect(sha512(bytes)).toBe(Buffer.from(await hash.digest()).toString("base64"));
});
