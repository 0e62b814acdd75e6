/**
 * Decides whether a request may do something: holds the keys that it presents against those that the feed knows.
 */
import { FeedError } from "../../errors.js";
import type { LowerId } from "../../nuget/id.js";
import { ANONYMOUS, type ApiKey, hashKey, isExpired, type Scope } from "./api-key.js";
import { type Credentials, credentialsOf } from "./credentials.js";
import { matchesIdGlob } from "./id-glob.js";

/** What a request is about to do. */
export interface Need {
  readonly scope: Scope;
  /** The package id that would change; absent while it is not known, and for reading. */
  readonly id?: LowerId;
}

/** Why the key was refused. Its name is told only of a key that the feed knows. */
export type Refusal =
  | { readonly kind: "refused"; readonly reason: "unknown" }
  | { readonly kind: "refused"; readonly reason: "expired"; readonly name: string; readonly expires: string }
  | { readonly kind: "refused"; readonly reason: "scope" | "id"; readonly name: string };

export type Authorization =
  | { readonly kind: "allowed"; readonly name: string }
  /** Nothing was presented; `wasAsked`: not after the client was asked for it either. */
  | { readonly kind: "missing"; readonly wasAsked: boolean }
  /** No key could help: the feed has none. */
  | { readonly kind: "no-keys" }
  /** The keys cannot be read, so nobody is let in. */
  | { readonly kind: "unavailable" }
  | Refusal;

/** Everything but yes. */
export type NotAllowed = Exclude<Authorization, { readonly kind: "allowed" }>;

export type NotAllowedReason = Exclude<NotAllowed["kind"], "refused"> | Refusal["reason"];

export function reasonOf(refused: NotAllowed): NotAllowedReason {
  return refused.kind === "refused" ? refused.reason : refused.kind;
}

export type Authorize = (headers: Headers, need: Need) => Promise<Authorization>;

/** Asked anew for every request; rejects with a `FeedError` that somebody was told of when the keys cannot be read. */
export type ReadKeys = () => Promise<readonly ApiKey[]> | readonly ApiKey[];

export interface AuthorizerOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Allows everything to everybody until there is a key; only for servers that nobody else can reach. */
  readonly isOpenWithoutKeys?: boolean;
  /** Compares two hashes; default {@link equalHashes}. */
  readonly equals?: (a: string, b: string) => boolean;
}

/**
 * For publishing, `X-NuGet-ApiKey` counts first and `Authorization` may allow it as well; for reading, `Authorization`
 * counts, and `X-NuGet-ApiKey` where it stands alone (protocol.md §7.2). Of two refusals the first is the answer.
 */
export function createAuthorizer(readKeys: ReadKeys, options: AuthorizerOptions): Authorize {
  // Where there were keys, that the last was revoked, or that their file is gone, lets nobody in.
  let isOpen = options.isOpenWithoutKeys === true;
  return async (headers, need) => {
    const keys = await keysFrom(readKeys);
    if (keys?.length !== 0) isOpen = false;
    if (keys === undefined) return { kind: "unavailable" };
    if (keys.length === 0) return isOpen ? { kind: "allowed", name: ANONYMOUS } : { kind: "no-keys" };
    const credentials = credentialsOf(headers);
    if (!credentials.isPresented) return { kind: "missing", wasAsked: credentials.isEmptyAnswer };
    let refusal: Authorization | undefined;
    for (const text of candidates(credentials, need.scope)) {
      const outcome = judge(await findKey(keys, text, options), need, options.now());
      if (outcome.kind === "allowed") return outcome;
      refusal ??= outcome;
    }
    return refusal ?? { kind: "refused", reason: "unknown" };
  };
}

async function keysFrom(readKeys: ReadKeys): Promise<readonly ApiKey[] | undefined> {
  try {
    return await readKeys();
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

function candidates({ apiKey, authorization }: Credentials, scope: Scope): string[] {
  const texts = scope === "read" ? [authorization ?? apiKey] : [apiKey, authorization];
  return texts.filter((text) => text !== undefined);
}

/** Compares with every key, found or not, so that the time tells nothing about the hashes. */
async function findKey(
  keys: readonly ApiKey[],
  text: string,
  { equals = equalHashes }: AuthorizerOptions,
): Promise<ApiKey | undefined> {
  const hash = await hashKey(text);
  let found: ApiKey | undefined;
  for (const key of keys) if (equals(key.hash, hash)) found = key;
  return found;
}

/** Compares all characters, whichever differ. */
export function equalHashes(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

function judge(key: ApiKey | undefined, { scope, id }: Need, now: number): Authorization {
  if (key === undefined) return { kind: "refused", reason: "unknown" };
  const { name, scopes, ids, expires } = key;
  if (expires !== undefined && isExpired(key, now))
    return { kind: "refused", reason: "expired", name, expires };
  if (!scopes.includes(scope)) return { kind: "refused", reason: "scope", name };
  const isCovered = id === undefined || ids === undefined || ids.some((glob) => matchesIdGlob(id, glob));
  return isCovered ? { kind: "allowed", name } : { kind: "refused", reason: "id", name };
}
