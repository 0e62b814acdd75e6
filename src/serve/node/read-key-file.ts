/**
 * Reads the file of keys.
 */
import { readFile } from "node:fs/promises";
import { FeedError } from "../../errors.js";
import type { ApiKey } from "../auth/api-key.js";
import { parseKeyFile } from "../auth/key-file.js";

/**
 * @param name what messages call the file
 * @returns no key for a file that is not there
 * @throws FeedError `keys-invalid` when it is not what it should be, `keys-unreadable` when it cannot be read
 */
export async function readKeyFile(file: string, name = file): Promise<ApiKey[]> {
  const text = await readText(file, name);
  return text === undefined ? [] : parseKeyFile(text, `"${name}"`);
}

async function readText(file: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FeedError("keys-unreadable", `Cannot read the keys of "${name}": ${reason}`, {
      hint: "check who owns the file and who may read it",
      cause,
    });
  }
}
