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
  /** The parsed document; `undefined`, and nothing else, when it cannot be read. */
  readonly peekJson: (path: string) => Promise<unknown>;
  readonly readBytes: (path: string) => Promise<Uint8Array | undefined>;
}

export async function createInspection(store: Store, baseUrl: string): Promise<Inspection> {
  const found = new Set<string>();
  const reached = new Set<string>();
  const parsed = new Map<string, Parsed>();
  const present = new Set<string>();
  for await (const { path } of store.list("")) present.add(path);

  const find = (path: string, what: string): void => void found.add(`${path} ${what}`);
  const parse = async (path: string): Promise<Parsed> => {
    const known = parsed.get(path) ?? parseJson(await readBytes(path));
    parsed.set(path, known);
    return known;
  };
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
      const { value, problems } = await parse(path);
      for (const problem of problems) find(path, problem);
      return value;
    },
    peekJson: async (path) => (await parse(path)).value,
  };
}

interface Parsed {
  readonly value?: unknown;
  readonly problems: readonly string[];
}

function parseJson(bytes: Uint8Array | undefined): Parsed {
  if (bytes === undefined) return { problems: ["is not there"] };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    // Most documents do not even hold the word.
    const places = text.includes("null") ? nullPlaces(value) : [];
    return { value, problems: places.map((place) => `holds null: ${place}`) };
  } catch (error) {
    return { problems: [`is no JSON in UTF-8 without byte order mark: ${String(error)}`] };
  }
}
