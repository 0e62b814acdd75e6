/**
 * The file of keys as `nupress key` finds and changes it.
 */
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../../errors.js";
import type { ApiKey } from "../../serve/auth/api-key.js";
import { encodeKeyFile } from "../../serve/auth/key-file.js";
import { assertKeysPrivate } from "../../serve/node/key-place.js";
import { readKeyFile } from "../../serve/node/read-key-file.js";

export const DEFAULT_KEYS_FILE = "nupress-keys.json";
export const KEYS_FILE_VARIABLE = "NUPRESS_KEYS_FILE";

/** Only the owner may read it or write to it. */
const MODE = 0o600;

export interface KeyStore {
  /** The file as the user names it. */
  readonly name: string;
  /** No key where there is no file. */
  readonly read: () => Promise<readonly ApiKey[]>;
  /**
   * Replaces the keys by what `change` makes of them; whoever reads the file sees the old keys or the new ones. What
   * `change` throws leaves the file as it was.
   *
   * @throws FeedError `locked` while somebody else changes the file
   */
  readonly change: (change: (keys: readonly ApiKey[]) => readonly ApiKey[]) => Promise<void>;
}

/**
 * @param folder the working folder
 * @param name of the file, relative to it
 * @throws FeedError `keys-public` for a file that would be published
 */
export async function openKeyStore(folder: string, name: string): Promise<KeyStore> {
  const file = path.resolve(folder, name);
  await assertKeysPrivate(file, name);
  const read = async (): Promise<readonly ApiKey[]> => await readKeyFile(file, name);
  return {
    name,
    read,
    change: async (change) => await replaceFile(file, name, async () => encodeKeyFile(change(await read()))),
  };
}

/**
 * The new file has one name for everybody and must not exist yet, so it is a lock as well: `content` is made when nobody
 * else can change the old file any more.
 */
async function replaceFile(file: string, name: string, content: () => Promise<string>): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const target = await realpath(file).catch(() => file);
  const next = `${target}.new`;
  const handle = await openNext(next, name);
  try {
    try {
      await handle.writeFile(await content());
      await keepOwner(handle, target);
      // A key that was revoked is not to come back after a power cut.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, target);
  } catch (error) {
    await rm(next, { force: true });
    throw error instanceof FeedError ? error : unwritable(name, error);
  }
}

async function openNext(next: string, name: string): Promise<FileHandle> {
  try {
    return await open(next, "wx", MODE);
  } catch (cause) {
    const isTaken = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (!isTaken) throw unwritable(name, cause);
    throw new FeedError("locked", `Cannot change the keys of "${name}": somebody else is changing them`, {
      hint: `run the command again; if nobody is, delete "${next}", which a run that was killed left there`,
      cause,
    });
  }
}

/** The server may run as somebody else than whoever, as root, makes a key. Others cannot give files away. */
async function keepOwner(handle: FileHandle, target: string): Promise<void> {
  const [now, before] = await Promise.all([handle.stat(), stat(target).catch(() => undefined)]);
  if (before === undefined || (before.uid === now.uid && before.gid === now.gid)) return;
  await handle.chown(before.uid, before.gid).catch(() => {});
}

function unwritable(name: string, cause: unknown): FeedError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FeedError("keys-unwritable", `Cannot write the keys to "${name}": ${reason}`, {
    hint: "name a file in a folder that is there and can be written to: --keys <file>",
    cause,
  });
}
