/**
 * Takes files out of packages: out of any bytes, and out of the package that the feed itself holds.
 */
import { FeedError, PackageError } from "../errors.js";
import type { ContentKind } from "../feed/content.js";
import { feedVersion } from "../feed/feed-package.js";
import { nupkgPath } from "../feed/urls.js";
import { base64 } from "../nuget/base64.js";
import type { ByteSource } from "../nuget/byte-source.js";
import type { CreateHash } from "../nuget/hash.js";
import { lowerId } from "../nuget/id.js";
import {
  findFile,
  openPackage,
  type PackageArchive,
  packageEntries,
  readFile,
  readNuspec,
  sizeLimits,
} from "../nuget/package-archive.js";
import type { StoredRecord } from "../state/id-state.js";
import type { Body, Store } from "../store/store.js";
import type { PackageContent } from "./context.js";

/**
 * The files of the package that the feed holds for a record; the package itself is where it should be already.
 *
 * @throws FeedError `package-missing` when it is not there, also when the package itself is asked for
 */
export async function openStoredContent(store: Store, record: StoredRecord): Promise<PackageContent> {
  const path = nupkgPath(lowerId(record.id), feedVersion(record).lower);
  const source = await storedSource(store, path);
  if (source === undefined) throw packageMissing(store, path);
  const whole = (): never => {
    throw packageMissing(store, path);
  };
  return packageContent(record, source, whole, () => {});
}

/** A file in a store, read by ranges; `undefined` when there is none. */
export async function storedSource(store: Store, path: string): Promise<ByteSource | undefined> {
  const info = await store.stat(path);
  if (info === undefined) return undefined;
  return {
    size: info.size,
    read: async (offset, length) => {
      const object = await store.read(path, { range: { offset, length } });
      if (object === undefined) throw packageMissing(store, path);
      return object.bytes;
    },
  };
}

/**
 * The bytes of a file in a store, front to back.
 *
 * @throws FeedError `package-missing`
 */
export async function* storedChunks(store: Store, path: string): AsyncGenerator<Uint8Array> {
  const object = await store.stream(path);
  if (object === undefined) throw packageMissing(store, path);
  const reader = object.stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** SHA-512 of a file in a store, in base64. @throws FeedError `package-missing` */
export async function storedSha512(store: Store, path: string, createHash: CreateHash): Promise<string> {
  const hash = createHash("sha512");
  for await (const chunk of storedChunks(store, path)) await hash.update(chunk);
  return base64(await hash.digest());
}

/**
 * The files of any package.
 *
 * @param whole gives the package itself
 */
export function packageContent(
  record: StoredRecord,
  source: ByteSource,
  whole: () => Body,
  close: () => void,
): PackageContent {
  let archive: Promise<PackageArchive> | undefined;
  const open = async (): Promise<PackageArchive> => await (archive ??= openPackage(source));
  return {
    body: async (kind) => (kind === "nupkg" ? whole() : await readContent(await open(), kind, record)),
    entries: async () => packageEntries(await open()),
    close: async () => close(),
  };
}

async function readContent(
  archive: PackageArchive,
  kind: Exclude<ContentKind, "nupkg" | "sha512">,
  { metadata }: StoredRecord,
): Promise<Uint8Array> {
  if (kind === "nuspec") return await readNuspec(archive);
  const name = kind === "license" ? metadata.license?.text : metadata[kind];
  const file = name === undefined ? undefined : findFile(archive, name);
  if (file === undefined)
    throw new PackageError("content-missing", `no ${kind}, although its record names one`);
  return await readFile(archive, file, sizeLimits[kind]);
}

export function packageMissing(store: Store, path: string): FeedError {
  return new FeedError("package-missing", `Cannot read "${path}" in "${store.name}": the package is gone`, {
    hint: "add the package again",
  });
}
