/**
 * Records without packages, for tests of what is made from them. Everything has a default; the same options give the
 * same record.
 */
import { createHash } from "node:crypto";
import type { Digest } from "../../src/feed/digest.js";
import { type FeedPackage, feedPackage } from "../../src/feed/feed-package.js";
import type { PackageRecord } from "../../src/feed/record.js";
import { type LowerId, lowerId, type PackageId, parsePackageId } from "../../src/nuget/id.js";
import { isSemVer2, parseVersion } from "../../src/nuget/version.js";
import type { StoredRecord } from "../../src/state/id-state.js";

export interface RecordOptions extends Partial<Omit<PackageRecord, "id" | "isSemVer2">> {
  /** Default `Contoso.Core`. */
  readonly id?: string;
  /** By default what the version itself says. */
  readonly isSemVer2?: boolean;
  /** What the package's hash is made from; default id and version. */
  readonly content?: string;
}

export function testRecord(options: RecordOptions = {}): PackageRecord {
  const { id = "Contoso.Core", version = "1.0.0", content = `${id} ${version}`, ...others } = options;
  const parsed = parseVersion(version);
  if (parsed === undefined) throw new Error(`no version: ${version}`);
  const { isSemVer2: isGivenSemVer2 = isSemVer2(parsed), ...fields } = others;
  return {
    metadata: { authors: "Contoso", description: "A package" },
    size: 1000,
    sha512: createHash("sha512").update(content).digest("base64"),
    nuspecDigest: testDigest(content),
    ...fields,
    ...(isGivenSemVer2 && { isSemVer2: true }),
    id: packageId(id),
    version,
  };
}

export function storedRecord(
  options: RecordOptions & Partial<Pick<StoredRecord, "origins">> = {},
): StoredRecord {
  const { origins = { "folder:packages": [] }, ...others } = options;
  return { ...testRecord(others), origins };
}

/** All records must be of one id. */
export function testPackage(records: readonly RecordOptions[], revision?: number): FeedPackage {
  const made = records.map(testRecord);
  return feedPackage(lowerId(made[0]?.id ?? packageId("Contoso.Core")), made, revision);
}

export function packageId(text: string): PackageId {
  const id = parsePackageId(text);
  if (id === undefined) throw new Error(`no package id: ${text}`);
  return id;
}

export function testId(text: string): LowerId {
  return lowerId(packageId(text));
}

/** A digest of the right form. */
export function testDigest(text: string): Digest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: it has the form of a digest
  return createHash("sha256").update(text).digest("hex").slice(0, 32) as Digest;
}

/** The JSON that a document holds. */
export function documentJson(document: { readonly body: Uint8Array } | undefined): unknown {
  return JSON.parse(new TextDecoder().decode(document?.body));
}
