/**
 * The package of a version is there, with the bytes that were recorded.
 */
import { base64 } from "../../nuget/base64.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdContent } from "../../publish/documents.js";
import type { VerifyContext } from "../context.js";
import type { Finding } from "../finding.js";
import { reading } from "../read.js";

/** Up to this size a package is held in memory while it is hashed; larger ones are streamed. */
const MOST_HELD = 512 * 1024;

export interface CheckedPackage {
  readonly findings: readonly Finding[];
  /** Bytes that were read and hashed. */
  readonly bytes: number;
}

/** @param isQuick leaves out the hash; the size is compared nevertheless */
export async function checkPackage(
  context: VerifyContext,
  id: LowerId,
  { path, record }: IdContent,
  isQuick: boolean,
): Promise<CheckedPackage> {
  const found = await reading(path, id, () =>
    isQuick ? measurePackage(context, path) : hashPackage(context, path, record.size),
  );
  if (found.kind === "missing") return { findings: [{ kind: "package-missing", path, id }], bytes: 0 };
  if (found.kind === "unreadable") return { findings: [found.finding], bytes: 0 };
  const { size, sha512 } = found.object;
  const bytes = sha512 === undefined ? 0 : size;
  const differs = (reason: string): CheckedPackage => ({
    findings: [{ kind: "package-differs", path, id, reason }],
    bytes,
  });
  if (size !== record.size) return differs(`has ${size} bytes instead of ${record.size}`);
  if (sha512 !== undefined && sha512 !== record.sha512)
    return differs("has another SHA-512 than was recorded");
  return { findings: [], bytes };
}

export interface PackageIdentity {
  readonly size: number;
  /** In base64, as records have it. */
  readonly sha512?: string;
}

export async function measurePackage(
  { reader }: VerifyContext,
  path: string,
): Promise<PackageIdentity | undefined> {
  const size = await reader.size(path);
  return size === undefined ? undefined : { size };
}

/** A package of another size than expected is only measured. */
export async function hashPackage(
  context: VerifyContext,
  path: string,
  expected: number,
): Promise<PackageIdentity | undefined> {
  if (expected <= MOST_HELD) {
    return await context.reader.look(path, async (bytes) =>
      bytes.length === expected
        ? { size: expected, sha512: await context.sha512(bytes) }
        : { size: bytes.length },
    );
  }
  const found = await measurePackage(context, path);
  return found?.size === expected ? await hashStream(context, path, expected) : found;
}

async function hashStream(
  { reader, createHash, signal }: VerifyContext,
  path: string,
  size: number,
): Promise<PackageIdentity | undefined> {
  const stream = await reader.stream(path, signal);
  if (stream === undefined) return undefined;
  const hash = createHash("sha512");
  const chunks = stream.getReader();
  for (let next = await chunks.read(); !next.done; next = await chunks.read()) await hash.update(next.value);
  return { size, sha512: base64(await hash.digest()) };
}
