/**
 * A package as a zip of files: finding the nuspec and what it refers to, and reading single files within their
 * limits (protocol.md §10.1, §10.3).
 */
import { PackageError } from "../errors.js";
import type { ByteSource } from "./byte-source.js";
import { quoted } from "./quoted.js";
import { decodePercent } from "./zip/percent.js";
import { openZip, readEntry, type SizeLimit, type Zip, type ZipEntry } from "./zip.js";

export interface PackageArchive {
  readonly zip: Zip;
  /** Files only, in the order of the zip. */
  readonly files: readonly ArchiveFile[];
}

export interface ArchiveFile {
  /** As a client unpacks it: relative, `/` as separator, percent-decoded. */
  readonly path: string;
  readonly entry: ZipEntry;
}

export interface PackageEntry {
  /** Its path in the package. */
  readonly name: string;
  /** In bytes, as the directory of the zip claims. */
  readonly size: number;
  readonly compressedSize: number;
}

/** All files in the order of the zip. */
export function packageEntries({ files }: PackageArchive): PackageEntry[] {
  return files.map(({ path, entry }) => ({
    name: path,
    size: entry.size,
    compressedSize: entry.compressedSize,
  }));
}

const mebibyte = 1024 * 1024;

/**
 * The most that is read of a single file. Icon, readme and licence as on the public feed (protocol.md §10.3); its limits
 * on the texts of a nuspec add up to a tenth of this.
 */
export const sizeLimits = {
  nuspec: { subject: "a nuspec", bytes: mebibyte },
  icon: { subject: "an icon", bytes: mebibyte },
  readme: { subject: "a readme", bytes: mebibyte },
  license: { subject: "a licence file", bytes: mebibyte },
  signature: { subject: "a signature", bytes: mebibyte },
} as const satisfies Record<string, SizeLimit>;

/**
 * Opens a package without reading any of its files.
 *
 * @throws PackageError when it is no zip that can be trusted (see `openZip`)
 */
export async function openPackage(source: ByteSource): Promise<PackageArchive> {
  const zip = await openZip(source);
  const files = zip.entries
    .filter((entry) => !entry.name.endsWith("/"))
    .map((entry) => ({ path: decodePercent(entry.name), entry }));
  return { zip, files };
}

/** @throws PackageError when there is no nuspec in the root, or more than one */
export function findNuspec({ files }: PackageArchive): ArchiveFile {
  const [nuspec, other] = files.filter(({ path }) => isRootNuspec(path));
  if (nuspec === undefined) throw new PackageError("nuspec-missing", "no .nuspec in its root");
  if (other === undefined) return nuspec;
  const message = `two nuspecs in its root, ${quoted(nuspec.path)} and ${quoted(other.path)}, one is needed`;
  throw new PackageError("nuspec-several", message);
}

function isRootNuspec(path: string): boolean {
  return !path.includes("/") && path.toLowerCase().endsWith(".nuspec");
}

/** The bytes of the nuspec, as they are inside. */
export async function readNuspec(archive: PackageArchive): Promise<Uint8Array> {
  return readFile(archive, findNuspec(archive), sizeLimits.nuspec);
}

/**
 * The file that a nuspec refers to: letter case, kind of separator and a leading `./` or `/` do not matter. One in
 * the exact letter case goes first.
 */
export function findFile({ files }: PackageArchive, path: string): ArchiveFile | undefined {
  const wanted = path.replaceAll("\\", "/").replace(/^(?:\.?\/)+/, "");
  const lower = wanted.toLowerCase();
  return (
    files.find((file) => file.path === wanted) ?? files.find((file) => file.path.toLowerCase() === lower)
  );
}

/** @throws PackageError when it is damaged or larger than the limit */
export async function readFile(
  archive: PackageArchive,
  file: ArchiveFile,
  limit: SizeLimit,
): Promise<Uint8Array> {
  return readEntry(archive.zip, file.entry, limit);
}
