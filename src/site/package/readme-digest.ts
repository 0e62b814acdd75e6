/**
 * Under which name a version's readme is rendered.
 */
import { type Digest, textHash } from "../../feed/digest.js";
import type { PackageRecord } from "../../feed/record.js";
import { repositoryHost } from "../readme/repository.js";

/**
 * The digest in the path of the rendered readme: that of the readme, changed by the repository that its relative links
 * lead to, so that equal names mean equal pages. Versions that share both share the page.
 */
export function readmePageDigest({
  readmeDigest,
  metadata,
}: Pick<PackageRecord, "readmeDigest" | "metadata">): Digest | undefined {
  const repository = repositoryHost(metadata.repository?.url);
  if (readmeDigest === undefined || repository === undefined) return readmeDigest;
  const mixed = Number.parseInt(readmeDigest.slice(0, 8), 16) ^ textHash(repository.page);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: 32 hex digits still
  return ((mixed >>> 0).toString(16).padStart(8, "0") + readmeDigest.slice(8)) as Digest;
}
