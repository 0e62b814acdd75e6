/**
 * Finds the package files of the sources: folders, single files, globs.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import type FastGlob from "fast-glob";
import { FeedError } from "../errors.js";
import { isSymbolsPackageName } from "../nuget/symbols.js";
import type { Problem } from "./options.js";
import { symbolsNote } from "./read-package.js";
import { type FileStats, type OnFile, walkPackages } from "./walk.js";

export interface ScannedFile {
  /** Relative to the source root, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Time of modification, whole milliseconds. */
  readonly mtime: number;
}

export interface ResolvedSources {
  /** The absolute folder that all paths are relative to; it never gets into the state. */
  readonly root: string;
  readonly patterns: readonly SourcePattern[];
}

export interface SourcePattern {
  /** Absolute; facts files are looked for here. */
  readonly folder: string;
  /** Glob below the folder; absent where the folder itself is the source. */
  readonly pattern?: string;
  /** Whether the pattern reaches into every folder below. */
  readonly isDeep: boolean;
}

export interface ScannedSources {
  /** Sorted by path, each once. */
  readonly files: readonly ScannedFile[];
  readonly problems: readonly Problem[];
}

/**
 * Finds out what the sources name: folders, files, globs.
 *
 * @throws FeedError `source-missing` when a folder or file is not there
 */
export async function resolveSources(sources: readonly string[]): Promise<ResolvedSources> {
  const patterns = await Promise.all(sources.map(resolveSource));
  return { root: commonFolder(patterns.map(({ folder }) => folder)), patterns };
}

/**
 * Lists what has the name of a package, also where it turns out to be no file: what the feed holds of it must not leave.
 * Symbols packages are left out. A file that several links lead to counts once.
 *
 * @throws FeedError `folder-unreadable` when a folder cannot be looked into: versions below it would seem to be gone
 */
export async function scanSources(
  { root, patterns }: ResolvedSources,
  onFound: (files: number) => void,
): Promise<ScannedSources> {
  const files: FoundFile[] = [];
  let symbols = 0;
  for (const { folder, pattern } of patterns) {
    const prefix = path.relative(root, folder).split(path.sep).join("/");
    await findFiles(folder, pattern, (name, { size, mtimeMs, dev, ino }) => {
      if (isSymbolsPackageName(name)) symbols++;
      else if (/\.nupkg$/i.test(name)) {
        const place = prefix === "" ? name : `${prefix}/${name}`;
        files.push({
          path: place,
          size,
          mtime: Math.floor(mtimeMs),
          identity: ino === 0 ? place : `${dev}:${ino}`,
        });
      }
      onFound(files.length);
    });
  }
  return { files: distinctFiles(files), problems: symbols > 0 ? [symbolsNote(symbols)] : [] };
}

interface FoundFile extends ScannedFile {
  /** The same for all paths to one file. Some file systems number no files; there it is the path. */
  readonly identity: string;
}

/** Sorted by path; of several paths to one file the first stays. */
function distinctFiles(files: FoundFile[]): ScannedFile[] {
  const seen = new Set<string>();
  return files
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .filter(({ identity }) => !seen.has(identity) && seen.add(identity))
    .map(({ path, size, mtime }) => ({ path, size, mtime }));
}

/** Only when it is needed: most sources are folders, and it takes as long to load as a small build. */
async function loadGlob(): Promise<typeof FastGlob> {
  return (await import("fast-glob")).default;
}

async function resolveSource(source: string): Promise<SourcePattern> {
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory()) return { folder: path.resolve(source), isDeep: true };
  if (stats !== undefined) {
    return {
      folder: path.resolve(path.dirname(source)),
      pattern: (await loadGlob()).escapePath(path.basename(source)),
      isDeep: false,
    };
  }
  const fastGlob = await loadGlob();
  const glob = source.split(path.sep).join("/");
  if (!fastGlob.isDynamicPattern(glob)) {
    throw new FeedError(
      "source-missing",
      `Cannot read packages from "${source}": there is no such folder or file`,
      {
        hint: 'give a folder, a .nupkg file or a glob such as "packages/**/*.nupkg"',
      },
    );
  }
  const parts = glob.split("/");
  const firstDynamic = parts.findIndex((part) => part !== "" && fastGlob.isDynamicPattern(part));
  const base = parts.slice(0, firstDynamic).join("/");
  const pattern = parts.slice(firstDynamic).join("/");
  return {
    folder: path.resolve(glob.startsWith("/") && base === "" ? "/" : base),
    pattern,
    isDeep: pattern.includes("**"),
  };
}

async function findFiles(folder: string, pattern: string | undefined, onFile: OnFile): Promise<void> {
  try {
    if (pattern === undefined) await walkPackages(folder, onFile);
    else await glob(folder, pattern, onFile);
  } catch (error) {
    throw folderUnreadable(error);
  }
}

interface GlobEntry {
  readonly path: string;
  readonly stats: FileStats;
}

async function glob(folder: string, pattern: string, onFile: OnFile): Promise<void> {
  const fastGlob = await loadGlob();
  const stream = fastGlob.stream(pattern, {
    cwd: folder,
    stats: true,
    onlyFiles: false,
    caseSensitiveMatch: false,
    dot: true,
    followSymbolicLinks: true,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: with `stats` the stream yields entries
  for await (const { path, stats } of stream as AsyncIterable<GlobEntry>) onFile(path, stats);
}

function commonFolder(folders: readonly string[]): string {
  const [first = "", ...others] = folders;
  let common = first.split(path.sep);
  for (const folder of others) {
    const parts = folder.split(path.sep);
    const length = common.findIndex((part, i) => part !== parts[i]);
    if (length !== -1) common = common.slice(0, length);
  }
  return common.join(path.sep) || path.sep;
}

function folderUnreadable(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && "path" in error)) return error;
  return new FeedError(
    "folder-unreadable",
    `Cannot look for packages in "${path.resolve(String(error.path))}": the folder cannot be read (${String(error.code)})`,
    { cause: error, hint: "let this user read the folder, or name the folders that it may read" },
  );
}
