/**
 * From the path of a request to the path of a file.
 */
import { isSafePath } from "../../store/path.js";
import { isPrivate } from "./path-kind.js";

export interface RequestedPath {
  /** Decoded, without slash at its ends; empty for the root. Safe to hand to a store, if it is not empty. */
  readonly path: string;
  /** The request ended in a slash. */
  readonly isFolder: boolean;
}

/**
 * `undefined` for what no feed holds: a path outside of the mount path (which starts and ends with a slash), with
 * encoded separators or dot segments, broken encoding, or below a private folder.
 */
export function parseRequestPath(pathname: string, mountPath: string): RequestedPath | undefined {
  if (`${pathname}/` === mountPath) return { path: "", isFolder: false };
  if (!pathname.startsWith(mountPath)) return undefined;
  const rest = pathname.slice(mountPath.length);
  if (rest === "") return { path: "", isFolder: true };
  const isFolder = rest.endsWith("/");
  const path = decodePath(isFolder ? rest.slice(0, -1) : rest);
  return path === undefined || !isSafePath(path) || isPrivate(path) ? undefined : { path, isFolder };
}

/** Segment by segment, so that an encoded slash does not become a separator. */
function decodePath(path: string): string | undefined {
  try {
    const segments = path.split("/").map(decodeURIComponent);
    return segments.some((segment) => segment.includes("/")) ? undefined : segments.join("/");
  } catch {
    return undefined;
  }
}

/** The file that shows a folder, which is a path without slash at its ends. */
export function indexPage(folder: string): string {
  return folder === "" ? "index.html" : `${folder}/index.html`;
}
