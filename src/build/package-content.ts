/**
 * Takes files out of packages for publishing: from the source folder, else from the package that the feed holds.
 */
import { FeedError } from "../errors.js";
import type { ContentKind } from "../feed/content.js";
import { feedVersion } from "../feed/feed-package.js";
import { nupkgPath } from "../feed/urls.js";
import type { ByteSource } from "../nuget/byte-source.js";
import { lowerId } from "../nuget/id.js";
import {
  findFile,
  openPackage,
  type PackageArchive,
  readFile,
  readNuspec,
  sizeLimits,
} from "../nuget/package-archive.js";
import type { OpenContent, PackageContent } from "../publish/context.js";
import type { OriginFile, StoredRecord } from "../state/id-state.js";
import type { Body, Store } from "../store/store.js";
import { openPackageFile, type PackageFile } from "./package-file.js";

/** @param locate the file of a record, absolute; `undefined` when only the feed holds it */
export function contentOpener(
  store: Store,
  locate: (record: StoredRecord) => OriginFile | undefined,
): OpenContent {
  return async (record) => {
    const file = locate(record);
    return file === undefined ? await openStored(store, record) : openSource(file, record);
  };
}

function openSource(file: OriginFile, record: StoredRecord): PackageContent {
  const opened = openUnchanged(file, record);
  return packageContent(
    record,
    opened.source,
    () => opened.body(),
    () => opened.close(),
  );
}

/** The file must be what was inspected: what is copied now is published under that hash. */
function openUnchanged(file: OriginFile, record: StoredRecord): PackageFile {
  let opened: PackageFile;
  try {
    opened = openPackageFile(file.path);
  } catch (cause) {
    throw changed(file.path, cause);
  }
  if (opened.size === record.size && opened.mtime === file.mtime) return opened;
  opened.close();
  throw changed(file.path, undefined);
}

function changed(file: string, cause: unknown): FeedError {
  return new FeedError(
    "package-changing",
    `Cannot copy package "${file}": it changed or vanished during the build`,
    { cause, hint: "build again once nothing writes to the packages folder" },
  );
}

async function openStored(store: Store, record: StoredRecord): Promise<PackageContent> {
  const stored = nupkgPath(lowerId(record.id), feedVersion(record).lower);
  const missing = (): FeedError =>
    new FeedError("package-missing", `Cannot read "${stored}" in "${store.name}": the package is gone`, {
      hint: "add the package again",
    });
  const info = await store.stat(stored);
  if (info === undefined) throw missing();
  const source: ByteSource = {
    size: info.size,
    read: async (offset, length) => {
      const object = await store.read(stored, { range: { offset, length } });
      if (object === undefined) throw missing();
      return object.bytes;
    },
  };
  const refuse = (): never => {
    throw missing();
  };
  return packageContent(record, source, refuse, () => {});
}

function packageContent(
  record: StoredRecord,
  source: ByteSource,
  whole: () => Body,
  close: () => void,
): PackageContent {
  let archive: Promise<PackageArchive> | undefined;
  return {
    body: async (kind) => {
      if (kind === "nupkg") return whole();
      archive ??= openPackage(source);
      return await readContent(await archive, kind, record);
    },
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
  if (file === undefined) throw new Error(`the record names a ${kind} that the package does not have`);
  return await readFile(archive, file, sizeLimits[kind]);
}
