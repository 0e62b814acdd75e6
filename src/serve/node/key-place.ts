/**
 * Keeps the file of keys out of what is published.
 */
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../../errors.js";
import { FEED_FILE } from "../../state/layout.js";

const STATE_FOLDER = path.dirname(FEED_FILE);

/**
 * A host may publish whatever lies in the folder of a feed, and follow links out of it, so neither the place of the file nor
 * the place to which links lead may be below one.
 *
 * @param file need not exist
 * @param name what messages call it
 * @throws FeedError `keys-public`
 */
export async function assertKeysPrivate(file: string, name = file): Promise<void> {
  for (const place of new Set([path.resolve(file), await realPlace(path.resolve(file))])) {
    const feed = await feedAbove(place);
    if (feed === undefined) continue;
    throw new FeedError("keys-public", `Cannot keep keys in "${name}": "${feed}" is a feed, and published`, {
      hint: `name a file beside it: --keys ${path.join(path.dirname(feed), path.basename(file))}`,
    });
  }
}

/** Where links lead to. The file and its folders may be missing. */
async function realPlace(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(await realPlace(folder), path.basename(file));
  }
}

async function feedAbove(place: string): Promise<string | undefined> {
  let outermost: string | undefined;
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    const stats = await stat(path.join(folder, STATE_FOLDER)).catch(() => undefined);
    if (stats?.isDirectory()) outermost = folder;
    if (folder === path.dirname(folder)) return outermost;
  }
}
