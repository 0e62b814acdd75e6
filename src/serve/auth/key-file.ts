/**
 * The text in which keys are kept: `{"keys": [ … ]}`, the same in a file on Node and in a secret of a worker.
 *
 * Whoever writes it by hand may put a key where its hash belongs, so messages name the entry and quote nothing of it but
 * a name that is one.
 */
import { FeedError } from "../../errors.js";
import { isObject } from "../../feed/parsed-json.js";
import { nearestName } from "../../nearest.js";
import { type ApiKey, isKeyName, isScope, KEY_NAME_RULE, SCOPES, type Scope } from "./api-key.js";
import { isIdGlob } from "./id-glob.js";

/**
 * @param source what messages call the text: `"nupress-keys.json"`, `the secret NUPRESS_KEYS`
 * @throws FeedError `keys-invalid` that names the entry and tells what is needed
 */
export function parseKeyFile(text: string, source: string): ApiKey[] {
  const value = parseJson(text, source);
  const entries = isObject(value) ? value["keys"] : undefined;
  if (!Array.isArray(entries)) throw invalid(source, 'it is no object with a list "keys"');
  const keys = entries.map((entry: unknown, index) => parseEntry(entry, placeOf(entry, index, source)));
  refuseRepetition(keys, source);
  return keys;
}

/** Equal keys give equal text, in the order in which they stand there. */
export function encodeKeyFile(keys: readonly ApiKey[]): string {
  const entries = keys.map(({ name, hash, scopes, ids, created, expires }) => ({
    name,
    hash,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    ids,
    created,
    expires,
  }));
  return `${JSON.stringify({ keys: entries }, undefined, 2)}\n`;
}

/** What the parser says of the text is not passed on, as it quotes some of it. */
function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw invalid(source, "it is not JSON");
  }
}

/** `"nupress-keys.json", entry 2 ("ci")`. */
function placeOf(entry: unknown, index: number, source: string): string {
  const name = isObject(entry) ? entry["name"] : undefined;
  const isName = typeof name === "string" && isKeyName(name);
  return `${source}, entry ${index + 1}${isName ? ` ("${name}")` : ""}`;
}

const properties = ["name", "hash", "scopes", "ids", "created", "expires"];

/** A misspelt `expires` would make a key that never ends, so what means nothing is refused. */
function parseEntry(entry: unknown, place: string): ApiKey {
  if (!isObject(entry)) throw invalid(place, "it is no object");
  const unknown = Object.keys(entry).find((property) => !properties.includes(property));
  if (unknown !== undefined) throw unknownProperty(unknown, place);
  const { name, hash, scopes, ids, created, expires } = entry;
  if (typeof name !== "string" || !isKeyName(name)) throw needed(place, "name", KEY_NAME_RULE);
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash))
    throw needed(place, "hash", "the SHA-256 of the key as 64 lower-case hex digits");
  return {
    name,
    hash,
    scopes: parseScopes(scopes, place),
    ...(ids !== undefined && { ids: parseIds(ids, place) }),
    created: parseTime(created, "created", place),
    ...(expires !== undefined && { expires: parseTime(expires, "expires", place) }),
  };
}

function parseScopes(value: unknown, place: string): Scope[] {
  if (isFilledList(value) && value.every(isScope)) return [...value];
  throw needed(place, "scopes", `a list of ${SCOPES.join(", ")}`);
}

function parseIds(value: unknown, place: string): string[] {
  const isGlob = (id: unknown): id is string => typeof id === "string" && isIdGlob(id);
  if (isFilledList(value) && value.every(isGlob)) return [...value];
  throw needed(place, "ids", 'a list of package ids, in which "*" stands for anything');
}

function isFilledList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** A day begins at midnight UTC. */
function parseTime(value: unknown, property: string, place: string): string {
  if (typeof value === "string" && isTime(value)) return value;
  throw needed(place, property, "a day or a time in UTC, such as 2027-01-31 or 2027-01-31T12:00:00Z");
}

/** `Date` takes the 30th of February for a day in March. */
export function isTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)?$/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 10));
}

/** By name one could not tell them apart in logs; by hash one would not know which counts. */
function refuseRepetition(keys: readonly ApiKey[], source: string): void {
  const names = new Set<string>();
  const hashes = new Set<string>();
  for (const { name, hash } of keys) {
    if (names.has(name.toLowerCase())) throw invalid(source, `there are two keys called "${name}"`);
    if (hashes.has(hash)) throw invalid(source, `the key "${name}" has the hash of another one`);
    names.add(name.toLowerCase());
    hashes.add(hash);
  }
}

function unknownProperty(property: string, place: string): FeedError {
  const nearest = nearestName(property, properties);
  const hint = nearest === undefined ? `known are ${properties.join(", ")}` : `did you mean "${nearest}"?`;
  return invalid(place, "it has a property that means nothing", hint);
}

function needed(place: string, property: string, what: string): FeedError {
  return invalid(place, `its ${property} cannot be used; needed is ${what}`);
}

function invalid(place: string, reason: string, hint = "nupress key create writes such a file"): FeedError {
  return new FeedError("keys-invalid", `Cannot read the keys of ${place}: ${reason}`, { hint });
}
