/**
 * One walk through a feed: reads documents, remembers what was found wrong and which files were led to.
 */
import type { Store } from "../../../src/store/store.js";
import { nullPlaces } from "./json.js";

export interface Inspection {
  readonly store: Store;
  readonly baseUrl: string;
  /** Notes that something is wrong with the file at `path`. */
  readonly find: (path: string, what: string) => void;
  /** Notes it unless `holds`. */
  readonly expect: (holds: boolean, path: string, what: string) => void;
  /** Each once, sorted. */
  readonly findings: () => string[];
  /** All paths in the store, sorted. */
  readonly paths: () => readonly string[];
  readonly has: (path: string) => boolean;
  /** Notes that a document led to this file. */
  readonly reach: (path: string) => void;
  readonly wasReached: (path: string) => boolean;
  /** The path below the base URL that an address means, without its fragment; `undefined` for foreign addresses. */
  readonly pathOf: (url: string) => string | undefined;
  /** The parsed document; `undefined`, with a finding, when it is not there or is no sound JSON. */
  readonly readJson: (path: string) => Promise<unknown>;
  readonly readBytes: (path: string) => Promise<Uint8Array | undefined>;
}

export async function createInspection(store: Store, baseUrl: string): Promise<Inspection> {
  const found = new Set<string>();
  const reached = new Set<string>();
  const parsed = new Map<string, unknown>();
  const present = new Set<string>();
  for await (const { path } of store.list("")) present.add(path);

  const find = (path: string, what: string): void => void found.add(`${path} ${what}`);
  const readBytes = async (path: string) => (await store.read(path))?.bytes;
  return {
    store,
    baseUrl,
    find,
    expect: (holds, path, what) => {
      if (!holds) find(path, what);
    },
    findings: () => [...found].toSorted(),
    paths: () => [...present].toSorted(),
    has: (path) => present.has(path),
    reach: (path) => void reached.add(path),
    wasReached: (path) => reached.has(path),
    pathOf: (url) => {
      if (!url.startsWith(baseUrl)) return undefined;
      const [path = ""] = url.slice(baseUrl.length).split(/[?#]/);
      return path.includes("{") ? path : decodeURI(path);
    },
    readBytes,
    readJson: async (path) => {
      if (!parsed.has(path)) parsed.set(path, parseJson(path, await readBytes(path), find));
      return parsed.get(path);
    },
  };
}

function parseJson(path: string, bytes: Uint8Array | undefined, find: Inspection["find"]): unknown {
  if (bytes === undefined) return find(path, "is not there");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    for (const place of nullPlaces(value)) find(path, `holds null: ${place}`);
    return value;
  } catch (error) {
    return find(path, `is no JSON in UTF-8 without byte order mark: ${String(error)}`);
  }
}
