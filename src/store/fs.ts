/**
 * A store in a folder of the file system.
 *
 * Conditions are atomic within one process only; a folder has one writing process at a time. Symbolic links that lead
 * out of the folder are refused (`path-unsafe`), those that stay inside are followed.
 */

import { deleteFile } from "./fs/delete.js";
import { isAbsent, storeError } from "./fs/errors.js";
import { listFiles } from "./fs/list.js";
import { createPathLock } from "./fs/lock.js";
import { readFile, statFile, streamFile } from "./fs/read.js";
import { createFolderPaths, type WritableFile } from "./fs/resolve.js";
import { removeTemporaryFiles } from "./fs/tidy.js";
import { uploadFile, writeFile } from "./fs/write.js";
import { checkPrefix } from "./path.js";
import type { ListedObject, Store } from "./store.js";

/** Opens a folder, which need not exist: the first write makes it. */
export function openFolder(folder: string): Store {
  const paths = createFolderPaths(folder);
  const lock = createPathLock();

  /** Runs a read on the file of a path; `undefined` where there is none. */
  const readFrom = async <T>(path: string, read: (file: string) => Promise<T>): Promise<T | undefined> => {
    try {
      const file = await paths.existing(path);
      return file === undefined ? undefined : await read(file);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw storeError("read", folder, path, error);
    }
  };

  const writeTo = async <T>(
    action: string,
    path: string,
    write: (target: WritableFile) => T | Promise<T>,
  ): Promise<T> => {
    try {
      const target = paths.writable(path);
      return await lock.run(target.file, () => write(target));
    } catch (error) {
      throw storeError(action, folder, path, error);
    }
  };

  return {
    name: folder,
    stat: (path) => readFrom(path, statFile),
    read: (path, options = {}) => readFrom(path, (file) => readFile(path, file, options)),
    stream: (path, options = {}) =>
      readFrom(path, (file) =>
        streamFile(path, file, options, (error) => storeError("read", folder, path, error)),
      ),
    put: (path, body, options = {}) =>
      writeTo("write", path, (target) =>
        // Spelled out, here and in what is called: a feed has tens of thousands of files, and spreads add up.
        writeFile({ path, target, body, options, paths }),
      ),
    upload: (path, chunks, { signal } = {}) =>
      writeTo("write", path, (target) => uploadFile({ target, chunks, signal, paths })),
    delete: (path) => writeTo("delete", path, ({ file }) => deleteFile(paths.root, file)),
    tidy: () => removeTemporaryFiles(paths.root),
    list: (prefix) => list(prefix),
  };

  async function* list(prefix: string): AsyncGenerator<ListedObject> {
    checkPrefix(prefix);
    try {
      yield* listFiles(paths, prefix);
    } catch (error) {
      throw storeError("list", folder, prefix, error);
    }
  }
}
