/**
 * The record of one package version: everything that the documents of its id need, and nothing else.
 */
import type { PackageId } from "../nuget/id.js";
import { imageType } from "../nuget/image-type.js";
import type { InspectedPackage } from "../nuget/inspect.js";
import type { Nuspec } from "../nuget/nuspec-model.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { fullVersion } from "../nuget/version.js";
import type { Digest, DigestBytes } from "./digest.js";
import type { FactSources } from "./facts.js";

/** The nuspec less what the record holds itself; empty lists and `false` are left out. */
export type RecordMetadata = Partial<Omit<Nuspec, "id" | "version" | "isSemVer2">>;

export interface PackageRecord {
  /** As written in this version's nuspec. */
  readonly id: PackageId;
  /** The full form: normalized, with metadata. */
  readonly version: string;
  /** Bytes of the package file. */
  readonly size: number;
  /** Of the package file, in base64. */
  readonly sha512: string;
  readonly nuspecDigest: Digest;
  readonly isSemVer2?: true;
  readonly metadata: RecordMetadata;
  /** Short folder names that a client would compute, sorted. */
  readonly frameworks?: readonly string[];
  readonly signature?: "author" | "repository";
  readonly hasSymbols?: true;
  /** Name of the icon below `v3/assets/`: `{digest}.{ext}`, where the bytes are a PNG, JPEG, GIF or WebP image. */
  readonly icon?: string;
  /** Name of the embedded licence file below `v3/assets/`. */
  readonly licenseFile?: string;
  readonly readmeDigest?: Digest;
  /** Newest plausible entry time in the zip, in the form of `Facts.published`. */
  readonly entryTime?: string;
  /** When the feed took the version by `add` or push, in the form of `Facts.published`. */
  readonly accepted?: string;
  readonly facts?: FactSources;
  /** The id's revision at the last change of this version, see `FeedPackage.revision`. */
  readonly revision?: number;
}

/** What is known of a package file beside its content. */
export interface FileIdentity {
  readonly size: number;
  /** In base64. */
  readonly sha512: string;
}

/** Makes the record of an inspected package. Its facts and time of acceptance are put in where it enters the state. */
export async function makeRecord(
  inspected: InspectedPackage,
  file: FileIdentity,
  digest: DigestBytes,
): Promise<PackageRecord> {
  const { id, version, isSemVer2 } = inspected.nuspec;
  const icon = inspected.icon && (await iconName(inspected.icon.bytes, digest));
  const licenseFile = inspected.license && `${await digest(inspected.license.bytes)}.txt`;
  const readmeDigest = inspected.readme && (await digest(inspected.readme.bytes));
  return omitUndefined({
    id,
    version: fullVersion(version),
    size: file.size,
    sha512: file.sha512,
    nuspecDigest: await digest(inspected.nuspecBytes),
    isSemVer2: isSemVer2 || undefined,
    metadata: recordMetadata(inspected.nuspec),
    frameworks: inspected.targetFrameworks.length > 0 ? inspected.targetFrameworks : undefined,
    signature: inspected.signature === "none" ? undefined : inspected.signature,
    hasSymbols: inspected.hasSymbols || undefined,
    icon,
    licenseFile,
    readmeDigest,
    entryTime: inspected.newestEntryTime,
  });
}

/** The type comes from the bytes, never from the name: a page that shows the icon must not be served a script. */
async function iconName(bytes: Uint8Array, digest: DigestBytes): Promise<string | undefined> {
  const type = imageType(bytes);
  if (type === undefined) return undefined;
  return `${await digest(bytes)}.${type === "jpeg" ? "jpg" : type}`;
}

/** What a record holds beside the metadata. */
const heldByRecord = new Set(["id", "version", "isSemVer2"]);

function recordMetadata(nuspec: Nuspec): RecordMetadata {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(nuspec)) {
    if (!heldByRecord.has(name) && !isEmpty(value)) kept[name] = value;
  }
  return kept;
}

function isEmpty(value: unknown): boolean {
  return value === false || (Array.isArray(value) && value.length === 0);
}
