/**
 * What the flags of `nupress key create` say about the key that is to be made.
 */
import { nearestName } from "../../nearest.js";
import {
  type ApiKey,
  isKeyName,
  isScope,
  KEY_NAME_RULE,
  looksLikeKey,
  SCOPES,
  type Scope,
} from "../../serve/auth/api-key.js";
import { isIdGlob } from "../../serve/auth/id-glob.js";
import { isTime } from "../../serve/auth/key-file.js";
import { type CommandInput, valueOf } from "../command.js";
import { usageError } from "../usage-error.js";

const DEFAULT_SCOPES: readonly Scope[] = ["push", "unlist"];
const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

/**
 * @param now milliseconds since 1970
 * @throws FeedError `usage`
 */
export function newKeyOf(input: CommandInput, name: string, now: number): Omit<ApiKey, "hash"> {
  const [scope, ids, expires] = [valueOf(input, "scope"), valueOf(input, "ids"), valueOf(input, "expires")];
  const scopes = scope === undefined ? DEFAULT_SCOPES : parseScopes(scope);
  if (ids !== undefined && scopes.every((scope) => scope === "read"))
    throw usageError("--ids limits what a key may change, and a key with scope read changes nothing");
  return {
    name: parseName(name),
    scopes,
    ...(ids !== undefined && { ids: parseIds(ids) }),
    created: timeText(now),
    ...(expires !== undefined && { expires: parseExpires(expires, now) }),
  };
}

function parseName(name: string): string {
  if (isKeyName(name)) return name;
  // It may be somebody's key, so it is not shown again.
  if (looksLikeKey(name)) throw usageError("what begins like a key cannot be its name");
  throw usageError(`${JSON.stringify(name)} cannot be the name of a key`, `needed are ${KEY_NAME_RULE}`);
}

function parseScopes(text: string): Scope[] {
  const given = listOf(text);
  const unknown = given.find((word) => !isScope(word));
  if (unknown !== undefined || given.length === 0) throw unknownScope(unknown ?? "");
  return SCOPES.filter((scope) => given.includes(scope));
}

function unknownScope(word: string): Error {
  const nearest = nearestName(word, SCOPES);
  const hint = nearest === undefined ? `known are ${SCOPES.join(", ")}` : `did you mean ${nearest}?`;
  return usageError(`there is no scope "${word}"`, hint);
}

function parseIds(text: string): string[] {
  const globs = listOf(text);
  const wrong = globs.find((glob) => !isIdGlob(glob));
  if (wrong === undefined && globs.length > 0) return globs;
  throw usageError(`--ids "${wrong ?? ""}" is no package id`, '"*" stands for anything: --ids "Contoso.*"');
}

function listOf(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  return words.filter((word) => word !== "");
}

/** `90d` from now, or the beginning of a day (UTC). */
function parseExpires(text: string, now: number): string {
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1];
  if (days !== undefined) return timeText(now + Number(days) * MILLISECONDS_PER_DAY);
  if (!isTime(text))
    throw usageError(
      `--expires "${text}" is neither a number of days, such as 90d, nor a day, such as 2027-01-31`,
    );
  if (Date.parse(text) <= now) throw usageError(`--expires "${text}" is over`);
  return timeText(Date.parse(text));
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
