/**
 * Walks a folder for package files. A glob library would do it as well, but takes ten times as long, which is most of
 * the time of a build that finds nothing changed.
 */
import { lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

export type FileStats = Pick<Stats, "size" | "mtimeMs" | "dev" | "ino">;

/** @param path below the folder, with `/` */
export type OnFile = (path: string, stats: FileStats) => void;

/** Files found between two chances for others, such as a signal to stop. */
const TURN = 512;

/**
 * All that is named like a package below a folder, links followed, whatever it is. A link back to a folder that it lies in
 * is not followed.
 *
 * @throws Error of the file system, with the path, when a folder cannot be read
 */
export async function walkPackages(folder: string, onFile: OnFile): Promise<void> {
  const open: OpenFolder[] = [{ below: "", above: [] }];
  let found = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { below, identity, above } = identify(folder, at);
    if (identity === undefined) continue;
    for (const entry of readdirSync(`${folder}/${below}`, { withFileTypes: true })) {
      const isPackage = isPackageName(entry.name);
      if (!isPackage && entry.isFile()) continue;
      const name = below + entry.name;
      const stats = look(`${folder}/${name}`);
      if (stats === undefined) continue;
      if (isPackage) onFile(name, stats);
      if (stats.isDirectory()) open.push({ below: `${name}/`, above: [...above, identity] });
      if (++found % TURN === 0) await nextTurn();
    }
  }
}

/** A folder to be looked into: its path below the root, ending in `/`, and the identities of those on the way. */
interface OpenFolder {
  readonly below: string;
  readonly above: readonly string[];
}

/** Without an identity the folder is not to be looked into. */
function identify(root: string, open: OpenFolder): OpenFolder & { readonly identity?: string } {
  const folder = path.resolve(root, open.below);
  const stats = statSync(folder, { throwIfNoEntry: false });
  // What goes away while it is looked at is as good as never seen.
  if (stats === undefined && open.below !== "") return open;
  const { dev, ino } = stats ?? statSync(folder);
  const identity = `${dev}:${ino}`;
  // Some file systems number no files; their links cannot be told from folders of their own.
  return ino !== 0 && open.above.includes(identity) ? open : { ...open, identity };
}

function isPackageName(name: string): boolean {
  return /\.s?nupkg$/i.test(name);
}

/** What is there; of a link that leads nowhere, the link. */
function look(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false }) ?? lstatSync(file, { throwIfNoEntry: false });
}
