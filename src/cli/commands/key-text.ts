/**
 * Keys as `nupress key` shows them: a table for people, JSON for programs. Hashes are of no use to either.
 */
import { type ApiKey, isExpired } from "../../serve/auth/api-key.js";
import { inColumns } from "../columns.js";

const titles = ["name", "scopes", "ids", "created", "expires"] as const;

/** @param now milliseconds since 1970 */
export function keyTable(keys: readonly ApiKey[], now: number): string {
  return inColumns([titles, ...keys.map((key) => cells(key, now))]);
}

function cells(key: ApiKey, now: number): string[] {
  const { name, scopes, ids, created, expires } = key;
  const end = expires === undefined ? "never" : dayOf(expires);
  return [
    name,
    scopes.join(","),
    ids?.join(",") ?? "all",
    dayOf(created),
    isExpired(key, now) ? `expired ${end}` : end,
  ];
}

/** `push, unlist of Contoso.*, until 2027-01-31`. */
export function keySummary({ scopes, ids, expires }: Omit<ApiKey, "hash">): string {
  const covered = ids === undefined ? "" : ` of ${ids.join(", ")}`;
  return `${scopes.join(", ")}${covered}${expires === undefined ? "" : `, until ${dayOf(expires)}`}`;
}

/** @param now milliseconds since 1970 */
export function keyJson(key: ApiKey, now: number): object {
  const { hash: _, ...shown } = key;
  return { ...shown, isExpired: isExpired(key, now) };
}

function dayOf(time: string): string {
  return time.slice(0, "2027-01-31".length);
}
