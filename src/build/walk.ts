/**
 * Walks a folder for package files. A glob library would do it as well, but takes ten times as long, which is most of
 * the time of a build that finds nothing changed.
 */
import { lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

export interface FoundFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly stats: Pick<Stats, "size" | "mtimeMs" | "dev" | "ino">;
}

/** Files found between two chances for others, such as a signal to stop. */
const TURN = 512;

/**
 * All that is named like a package below a folder, links followed, whatever it is. A link back to a folder that it lies in
 * is not followed.
 *
 * @throws Error of the file system, with the path, when a folder cannot be read
 */
export async function* walkPackages(folder: string): AsyncGenerator<FoundFile> {
  let found = 0;
  for (const file of walk(folder, "", [])) {
    if (++found % TURN === 0) await nextTurn();
    yield file;
  }
}

/** @param above identities of the folders on the way */
function* walk(root: string, below: string, above: readonly string[]): Generator<FoundFile> {
  const folder = path.resolve(root, below);
  const stats = statSync(folder, { throwIfNoEntry: false });
  // What goes away while it is looked at is as good as never seen.
  if (stats === undefined && below !== "") return;
  const { dev, ino } = stats ?? statSync(folder);
  const identity = `${dev}:${ino}`;
  // Some file systems number no files; their links cannot be told from folders of their own.
  if (ino !== 0 && above.includes(identity)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = below + entry.name;
    const isPackage = isPackageName(entry.name);
    if (!isPackage && entry.isFile()) continue;
    const found = look(path.join(root, name));
    if (found === undefined) continue;
    if (isPackage) yield { path: name, stats: found };
    if (found.isDirectory()) yield* walk(root, `${name}/`, [...above, identity]);
  }
}

function isPackageName(name: string): boolean {
  return /\.s?nupkg$/i.test(name);
}

/** What is there; of a link that leads nowhere, the link. */
function look(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false }) ?? lstatSync(file, { throwIfNoEntry: false });
}
