import { describe, expect, test } from "vitest";
import {
  AUDIT_ACTIONS,
  type AuditLine,
  hourlyAuditLog,
  objectAuditLog,
  readAudit,
} from "../../src/publish/audit.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";

function line(time: string, others: Partial<AuditLine> = {}): AuditLine {
  return { time, action: "push", id: "Contoso.Core", version: "1.0.0", ...others };
}

const early = line("2026-02-03T04:05:06.007Z", {
  key: "ci",
  address: "192.0.2.1",
  request: "r1",
  sha512: "abc=",
});
const late = line("2026-02-03T04:59:59.999Z", { action: "unlist" });
const nextDay = line("2026-02-04T00:00:00.000Z", { action: "delete" });

async function paths(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of store.list("")) found.push(path);
  return found.sort();
}

async function put(store: Store, path: string, text: string): Promise<void> {
  await store.put(path, new TextEncoder().encode(text));
}

describe("the audit log of a folder", () => {
  test("has a file for each hour, with a line for each change", async () => {
    const store = createMemoryStore();
    const log = hourlyAuditLog(store);
    for (const each of [early, late, nextDay]) await log(each);
    expect(await paths(store)).toEqual([
      "feed-state/audit/2026-02-03/04.jsonl",
      "feed-state/audit/2026-02-04/00.jsonl",
    ]);
    const text = new TextDecoder().decode((await store.read("feed-state/audit/2026-02-03/04.jsonl"))?.bytes);
    expect(text).toBe(`${JSON.stringify(early)}\n${JSON.stringify(late)}\n`);
  });

  test("loses no line that is written at the same time as others", async () => {
    const store = createMemoryStore();
    const lines = Array.from({ length: 30 }, (_, n) => line(`2026-02-03T04:00:${10 + n}.000Z`));
    await Promise.all(lines.map(hourlyAuditLog(store)));
    expect((await readAudit(store)).lines).toEqual(lines);
  });
});

describe("the audit log of an object store", () => {
  test("has an object for each line", async () => {
    const store = createMemoryStore();
    let token = 0;
    const log = objectAuditLog(store, () => `t${++token}`);
    await log(early);
    await log(early);
    expect(await paths(store)).toEqual([
      "feed-state/audit/2026-02-03/2026-02-03T04-05-06-007Z-t1.json",
      "feed-state/audit/2026-02-03/2026-02-03T04-05-06-007Z-t2.json",
    ]);
    expect(await readAudit(store)).toEqual({ lines: [early, early], damaged: [] });
  });
});

describe("reading the audit log", () => {
  test("gives nothing where nothing was logged", async () => {
    expect(await readAudit(createMemoryStore())).toEqual({ lines: [], damaged: [] });
  });

  test("gives lines of both kinds, oldest first", async () => {
    const store = createMemoryStore();
    await hourlyAuditLog(store)(nextDay);
    await hourlyAuditLog(store)(late);
    await objectAuditLog(store, () => "a")(early);
    expect((await readAudit(store)).lines).toEqual([early, late, nextDay]);
  });

  test("knows every action", async () => {
    const store = createMemoryStore();
    for (const action of AUDIT_ACTIONS) await hourlyAuditLog(store)(line(early.time, { action }));
    expect((await readAudit(store)).lines.map(({ action }) => action)).toEqual([...AUDIT_ACTIONS]);
  });

  test.for([
    ["that was cut short", JSON.stringify(late).slice(0, -3)],
    ["that is no object", "[]"],
    ["of an unknown action", JSON.stringify({ ...late, action: "burn" })],
    ["without a time", JSON.stringify({ ...late, time: undefined })],
    ["with a key that is no text", JSON.stringify({ ...late, key: 1 })],
  ])("names files with a line %s, and gives the others", async ([, damaged]) => {
    const store = createMemoryStore();
    const path = "feed-state/audit/2026-02-03/04.jsonl";
    await put(store, path, `${JSON.stringify(early)}\n${damaged}\n${JSON.stringify(late)}`);
    expect(await readAudit(store)).toEqual({ lines: [early, late], damaged: [path] });
  });

  test("passes over other files", async () => {
    const store = createMemoryStore();
    await put(store, "feed-state/audit/notes.txt", "mine");
    await put(store, "feed-state/audit/2026-02-03/04.jsonl.bak", JSON.stringify(early));
    expect(await readAudit(store)).toEqual({ lines: [], damaged: [] });
  });
});
