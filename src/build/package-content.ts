/**
 * Takes files out of packages for publishing: from the source folder, else from the package that the feed holds.
 */
import path from "node:path";
import { FeedError } from "../errors.js";
import type { ContentKind } from "../feed/content.js";
import { feedVersion } from "../feed/feed-package.js";
import { nupkgPath } from "../feed/urls.js";
import type { ByteSource } from "../nuget/byte-source.js";
import { lowerId } from "../nuget/id.js";
import { type InspectedPackage, inspectPackage } from "../nuget/inspect.js";
import type { OpenContent, PackageContent } from "../publish/context.js";
import type { OriginFile, OriginName, StoredRecord } from "../state/id-state.js";
import type { Body, Store } from "../store/store.js";
import { openPackageFile } from "./package-file.js";

/** @param root absolute folder that the origin's paths are relative to */
export function contentOpener(root: string, origin: OriginName, store: Store): OpenContent {
  return async (record) => {
    const file = record.origins[origin]?.[0];
    return file === undefined ? await openStored(store, record) : await openSource(root, file, record);
  };
}

async function openSource(root: string, file: OriginFile, record: StoredRecord): Promise<PackageContent> {
  const opened = await openPackageFile(path.join(root, file.path)).catch((cause: unknown) => {
    throw changed(file.path, cause);
  });
  if (opened.size !== record.size || opened.mtime !== file.mtime) {
    await opened.close();
    throw changed(file.path, undefined);
  }
  return packageContent(
    opened.source,
    () => opened.body(),
    () => opened.close(),
  );
}

async function openStored(store: Store, record: StoredRecord): Promise<PackageContent> {
  const stored = nupkgPath(lowerId(record.id), feedVersion(record).lower);
  const info = await store.stat(stored);
  if (info === undefined) {
    throw new FeedError(
      "package-missing",
      `Cannot read "${stored}" in "${store.name}": the package is gone`,
      {
        hint: "add the package again",
      },
    );
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const object = await store.read(stored, { range: { offset, length } });
    if (object === undefined) throw new FeedError("package-missing", `Cannot read "${stored}": it vanished`);
    return object.bytes;
  };
  return packageContent(
    { size: info.size, read },
    () => {
      throw new FeedError(
        "package-missing",
        `Cannot write "${stored}": only the feed itself holds this package`,
      );
    },
    async () => {},
  );
}

function packageContent(source: ByteSource, whole: () => Body, close: () => Promise<void>): PackageContent {
  let inspected: Promise<InspectedPackage> | undefined;
  return {
    body: async (kind) => {
      if (kind === "nupkg") return whole();
      inspected ??= inspectPackage(source);
      return fileOf(kind, await inspected);
    },
    close,
  };
}

function fileOf(kind: Exclude<ContentKind, "nupkg" | "sha512">, inspected: InspectedPackage): Uint8Array {
  const bytes = {
    nuspec: inspected.nuspecBytes,
    readme: inspected.readme?.bytes,
    icon: inspected.icon?.bytes,
    license: inspected.license?.bytes,
  }[kind];
  if (bytes === undefined) throw new Error(`the record names a ${kind} that the package does not have`);
  return bytes;
}

function changed(file: string, cause: unknown): FeedError {
  return new FeedError(
    "package-changing",
    `Cannot copy package "${file}": it changed or vanished during the build`,
    {
      cause,
      hint: "build again once nothing writes to the packages folder",
    },
  );
}
