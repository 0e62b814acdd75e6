/**
 * Everything that a feed needs to know of a package, read from its bytes once.
 */
import type { ByteSource } from "./byte-source.js";
import { parseNuspec } from "./nuspec.js";
import type { Nuspec } from "./nuspec-model.js";
import {
  findFile,
  openPackage,
  type PackageArchive,
  type PackageEntry,
  packageEntries,
  readFile,
  readNuspec,
  sizeLimits,
} from "./package-archive.js";
import { quoted } from "./quoted.js";
import { type SignatureKind, signatureKind, signaturePath } from "./signature.js";
import { hasSymbolFiles } from "./symbols.js";
import { readTargetFrameworks } from "./target-frameworks.js";
import { limitWarnings, type Warn } from "./warnings.js";
import { newestEntryTime, type SizeLimit, viewEntry } from "./zip.js";

export type { PackageEntry };

/** Plain data, so that it can be sent between threads. */
export interface InspectedPackage {
  readonly nuspec: Nuspec;
  /** The nuspec as it is inside. */
  readonly nuspecBytes: Uint8Array;
  /** All files in the order of the zip. */
  readonly entries: readonly PackageEntry[];
  /** Of a signature that is neither kind there is a warning. */
  readonly signature: "none" | SignatureKind;
  /** The files that the nuspec refers to; `undefined` also when they are not in the package, which is a warning. */
  readonly icon: PackagedFile | undefined;
  readonly readme: PackagedFile | undefined;
  readonly license: PackagedFile | undefined;
  /** Short folder names, see `readTargetFrameworks`. */
  readonly targetFrameworks: readonly string[];
  readonly hasSymbols: boolean;
  /** The newest plausible entry time, see `newestEntryTime`. */
  readonly newestEntryTime: string | undefined;
  /** What is odd but does no harm, one line each without a full stop. */
  readonly warnings: readonly string[];
}

export interface PackagedFile {
  /** Where it is in the package. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Inspects one package by few range reads.
 *
 * @throws PackageError for a file that is no package, that is damaged, or that holds more than it should; see
 * `openPackage`, `readFile` and `parseNuspec`
 */
export async function inspectPackage(source: ByteSource): Promise<InspectedPackage> {
  const archive = await openPackage(source);
  const nuspecBytes = await readNuspec(archive);
  const { nuspec, warnings: nuspecWarnings } = parseNuspec(nuspecBytes);
  const warnings = [...nuspecWarnings];
  const warn: Warn = (warning) => warnings.push(warning);
  const paths = archive.files.map(({ path }) => path);
  const signature = await readSignature(archive, warn);
  const { icon, readme, license } = await readReferencedFiles(archive, nuspec, warn);
  return {
    nuspec,
    nuspecBytes,
    entries: packageEntries(archive),
    signature,
    icon,
    readme,
    license,
    targetFrameworks: readTargetFrameworks(paths, nuspec),
    hasSymbols: hasSymbolFiles(paths),
    newestEntryTime: newestEntryTime(archive.zip.entries),
    warnings: limitWarnings(warnings),
  };
}

type ReferencedFiles = Pick<InspectedPackage, "icon" | "readme" | "license">;

async function readReferencedFiles(
  archive: PackageArchive,
  nuspec: Nuspec,
  warn: Warn,
): Promise<ReferencedFiles> {
  const licensePath = nuspec.license?.type === "file" ? nuspec.license.text : undefined;
  return {
    icon: await readReferenced(archive, nuspec.icon, sizeLimits.icon, warn),
    readme: await readReferenced(archive, nuspec.readme, sizeLimits.readme, warn),
    license: await readReferenced(archive, licensePath, sizeLimits.license, warn),
  };
}

async function readReferenced(
  archive: PackageArchive,
  path: string | undefined,
  limit: SizeLimit,
  warn: Warn,
): Promise<PackagedFile | undefined> {
  if (path === undefined) return undefined;
  const file = findFile(archive, path);
  if (file === undefined) {
    warn(`the nuspec names ${limit.subject} ${quoted(path)} that is not in the package`);
    return undefined;
  }
  const { size } = file.entry;
  if (size > limit.bytes) {
    // The client restores it all the same; only readers of the feed go without the file.
    warn(`${quoted(file.path)} has ${size} bytes, ${limit.subject} may have ${limit.bytes}: it is left out`);
    return undefined;
  }
  return { path: file.path, bytes: await readFile(archive, file, limit) };
}

async function readSignature(archive: PackageArchive, warn: Warn): Promise<"none" | SignatureKind> {
  const file = archive.files.find(({ path }) => path === signaturePath);
  if (file === undefined) return "none";
  const kind = signatureKind(await viewEntry(archive.zip, file.entry, sizeLimits.signature));
  if (kind === undefined) warn("its signature is neither an author's nor a repository's");
  return kind ?? "none";
}
