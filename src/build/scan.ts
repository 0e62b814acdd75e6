/**
 * Finds the package files of the sources: folders, single files, globs.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import fastGlob from "fast-glob";
import { FeedError } from "../errors.js";
import { isSymbolsPackageName } from "../nuget/symbols.js";
import type { Problem } from "./options.js";

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
  /** Glob below the folder. */
  readonly pattern: string;
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

/** Lists the package files; symbols packages and folders with a package's name are told and left out. */
export async function scanSources(
  { root, patterns }: ResolvedSources,
  onFound: (files: number) => void,
): Promise<ScannedSources> {
  const files = new Map<string, ScannedFile>();
  const problems: Problem[] = [];
  let symbols = 0;
  for (const { folder, pattern } of patterns) {
    for await (const entry of globStream(folder, pattern)) {
      const relative = path.relative(root, path.join(folder, entry.path)).split(path.sep).join("/");
      if (isSymbolsPackageName(relative)) symbols++;
      else if (!relative.toLowerCase().endsWith(".nupkg")) continue;
      else if (!entry.stats.isFile()) problems.push(notAFile(relative));
      else
        files.set(relative, {
          path: relative,
          size: entry.stats.size,
          mtime: Math.floor(entry.stats.mtimeMs),
        });
      onFound(files.size);
    }
  }
  if (symbols > 0) problems.push(symbolsNote(symbols));
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems,
  };
}

const packagesAnywhere = "**/*.{nupkg,snupkg}";

async function resolveSource(source: string): Promise<SourcePattern> {
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory()) return { folder: path.resolve(source), pattern: packagesAnywhere };
  if (stats !== undefined) {
    return {
      folder: path.resolve(path.dirname(source)),
      pattern: fastGlob.escapePath(path.basename(source)),
    };
  }
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
  const firstDynamic = parts.findIndex((part) => fastGlob.isDynamicPattern(part));
  const base = parts.slice(0, firstDynamic).join("/");
  return {
    folder: path.resolve(glob.startsWith("/") && base === "" ? "/" : base),
    pattern: parts.slice(firstDynamic).join("/"),
  };
}

interface GlobEntry {
  readonly path: string;
  readonly stats: { readonly size: number; readonly mtimeMs: number; isFile(): boolean };
}

async function* globStream(folder: string, pattern: string): AsyncGenerator<GlobEntry> {
  const stream = fastGlob.stream(pattern, {
    cwd: folder,
    stats: true,
    onlyFiles: false,
    caseSensitiveMatch: false,
    dot: true,
    followSymbolicLinks: true,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: with `stats` the stream yields entries
  for await (const entry of stream) yield entry as unknown as GlobEntry;
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

function notAFile(file: string): Problem {
  return {
    severity: "problem",
    code: "not-a-file",
    file,
    message: `Cannot read package "${file}": it is a folder, and a package is a file`,
  };
}

function symbolsNote(count: number): Problem {
  return {
    severity: "note",
    code: "symbols-left-out",
    message: `${count} symbols ${count === 1 ? "package is" : "packages are"} left out; a feed holds no symbols`,
  };
}
