/**
 * The audit log: one line for every change through the API, with who made it, what it was, when, and the hash of what was
 * pushed. It lies below the state, which no server shows.
 *
 * A folder keeps one file an hour (`feed-state/audit/2026-01-31/13.jsonl`), which is written again with each line; object
 * stores, where one object takes few writes, keep every line as an object of its own
 * (`feed-state/audit/2026-01-31/{time}-{token}.json`).
 */
import { joinBytes } from "../feed/bytes.js";
import { encodeJson } from "../feed/json.js";
import { isObject } from "../feed/parsed-json.js";
import { AUDIT_FOLDER, auditPath, isAuditPath } from "../state/layout.js";
import type { Condition, Store } from "../store/store.js";

export type AuditAction = "push" | "overwrite" | "unlist" | "relist" | "delete";

export const AUDIT_ACTIONS: readonly AuditAction[] = ["push", "overwrite", "unlist", "relist", "delete"];

export interface AuditLine {
  /** ISO 8601 in UTC, to the millisecond. */
  readonly time: string;
  readonly action: AuditAction;
  /** As the package writes it, or as it was asked for. */
  readonly id: string;
  readonly version: string;
  /** Name of the key; absent where no key was needed. */
  readonly key?: string;
  /** Where the request came from. */
  readonly address?: string;
  /** Of the request, as in the request log. */
  readonly request?: string;
  /** Of what was pushed, in base64. */
  readonly sha512?: string;
}

/** Takes one line in. */
export type AuditLog = (line: AuditLine) => Promise<void>;

const decoder = new TextDecoder();
const lineEnd = new TextEncoder().encode("\n");

/** For a store with one writing process. */
export function hourlyAuditLog(store: Store): AuditLog {
  return async (line) => {
    const path = auditPath(`${dayOf(line)}/${line.time.slice(11, 13)}.jsonl`);
    const added = joinBytes([encodeJson(line), lineEnd]);
    for (;;) {
      const standing = await store.read(path);
      const body = standing === undefined ? added : joinBytes([standing.bytes, added]);
      const condition: Condition = standing === undefined ? { ifAbsent: true } : { ifMatch: standing.etag };
      const result = await store.put(path, body, { condition, contentType: "application/jsonl" });
      if (result.kind === "stored") return;
    }
  };
}

/** For stores with many writers. */
export function objectAuditLog(store: Store, token: () => string): AuditLog {
  return async (line) => {
    const time = line.time.replace(/[^\dTZ]/g, "-");
    await store.put(auditPath(`${dayOf(line)}/${time}-${token()}.json`), encodeJson(line), {
      contentType: "application/json",
    });
  };
}

export interface AuditRecords {
  /** Oldest first. */
  readonly lines: readonly AuditLine[];
  /** Paths of files with lines that cannot be read. */
  readonly damaged: readonly string[];
}

/** Everything that was logged. */
export async function readAudit(store: Store): Promise<AuditRecords> {
  const lines: AuditLine[] = [];
  const damaged: string[] = [];
  for await (const { path } of store.list(AUDIT_FOLDER)) {
    if (!isAuditPath(path)) continue;
    const object = await store.read(path);
    const texts = object === undefined ? [] : decoder.decode(object.bytes).split("\n").filter(Boolean);
    const parsed = texts.map(parseLine);
    lines.push(...parsed.filter((line) => line !== undefined));
    if (parsed.includes(undefined)) damaged.push(path);
  }
  lines.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return { lines, damaged: damaged.sort() };
}

function dayOf({ time }: AuditLine): string {
  return time.slice(0, 10);
}

function parseLine(text: string): AuditLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isAuditLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAuditLine(value: unknown): value is AuditLine {
  if (!isObject(value)) return false;
  const { time, action, id, version, key, address, request, sha512 } = value;
  return (
    [time, id, version].every((text) => typeof text === "string") &&
    AUDIT_ACTIONS.some((known) => known === action) &&
    [key, address, request, sha512].every((text) => text === undefined || typeof text === "string")
  );
}
