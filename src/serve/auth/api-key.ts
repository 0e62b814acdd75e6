/**
 * API keys: what each may do, how a new one is made, and the hash that is all that is kept of it.
 */

/** What a key may be used for. Relisting needs `unlist`. */
export type Scope = "read" | "push" | "unlist" | "delete";

/** In the order in which they are shown and written. */
export const SCOPES: readonly Scope[] = ["read", "push", "unlist", "delete"];

/** One key as a feed keeps it. The key itself is known to its owner only. */
export interface ApiKey {
  /** For logs and messages; the only one of its name, letter case aside. */
  readonly name: string;
  /** SHA-256 of the key's text: 64 lower-case hex digits. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  /** Globs over package ids (see id-glob.ts) that the key may change; absent: all. Reading is not limited by them. */
  readonly ids?: readonly string[];
  /** ISO 8601, UTC. */
  readonly created: string;
  /** The first moment at which the key is of no use any more: ISO 8601, UTC; absent: never. */
  readonly expires?: string;
}

/** Names that stand in logs, headers and command lines without quoting. */
const nameGrammar = /^[A-Za-z0-9][\w.@-]{0,63}$/;

/** What every key begins with, so that people and secret scanners know one when they see it. */
const PREFIX = "nupress_";
const KEY_BYTES = 32;

/** The name under which a change is logged that needed no key; no key may have it. */
export const ANONYMOUS = "anonymous";

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}

/** What {@link isKeyName} asks for, for messages. */
export const KEY_NAME_RULE = '1 to 64 letters, digits, ".", "-", "_" and "@", the first a letter or digit';

/** What begins like a key is no name: it may be one, in the wrong place. */
export function isKeyName(text: string): boolean {
  return nameGrammar.test(text) && text.toLowerCase() !== ANONYMOUS && !looksLikeKey(text);
}

export function looksLikeKey(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** The bytes of a key in base64url. */
const keysInText = new RegExp(`${PREFIX}[\\w-]{43}`, "g");

/** The text with `***` in the place of every key, for logs. */
export function withoutKeys(text: string): string {
  return text.replace(keysInText, "***");
}

/** The text of a new key: 256 random bits, in letters that need no escaping anywhere. */
export function createKeyText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const base64 = btoa(String.fromCharCode(...bytes));
  return PREFIX + base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const encoder = new TextEncoder();

/**
 * A fast hash without salt is enough, unlike for passwords: nobody can try 2^256 keys, and no two keys are equal.
 *
 * @returns SHA-256 as 64 lower-case hex digits
 */
export async function hashKey(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param now milliseconds since 1970 */
export function isExpired({ expires }: Pick<ApiKey, "expires">, now: number): boolean {
  return expires !== undefined && now >= Date.parse(expires);
}
