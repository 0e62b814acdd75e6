/**
 * Takes files out of packages for publishing: from the source folder, else from the package that the feed holds.
 */
import { FeedError } from "../errors.js";
import type { OpenContent, PackageContent } from "../publish/context.js";
import { openStoredContent, packageContent } from "../publish/stored-content.js";
import type { OriginFile, StoredRecord } from "../state/id-state.js";
import type { Store } from "../store/store.js";
import { openPackageFile, type PackageFile } from "./package-file.js";

/** @param locate the file of a record, absolute; `undefined` when only the feed holds it */
export function contentOpener(
  store: Store,
  locate: (record: StoredRecord) => OriginFile | undefined,
): OpenContent {
  return async (record) => {
    const file = locate(record);
    return file === undefined ? await openStoredContent(store, record) : openSource(file, record);
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
