/**
 * Debug symbols: packages that hold nothing else, and symbols inside of other packages (protocol.md §10.7).
 */

/**
 * True for the file name of a symbols package. One has the id and version of its library, so it must not be taken for
 * that; the older kind even has the same extension.
 */
export function isSymbolsPackageName(fileName: string): boolean {
  return /\.(?:snupkg|symbols\.nupkg)$/i.test(fileName);
}

/** True when a program database is among the files of a package. */
export function hasSymbolFiles(paths: readonly string[]): boolean {
  return paths.some((path) => /\.pdb$/i.test(path));
}
