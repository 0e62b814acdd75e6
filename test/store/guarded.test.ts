import { describe, expect, test } from "vitest";
import { guardedStore } from "../../src/store/guarded.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { describeStoreContract } from "../contract/store.js";

const body = new TextEncoder().encode("body");

describeStoreContract("a guarded store", () => ({ store: guardedStore(createMemoryStore(), () => {}) }));

describe("a guarded store", () => {
  const refuse = (): never => {
    throw new Error("the lock is gone");
  };

  test("reads when nothing may be written, and writes nothing", async () => {
    const inner = createMemoryStore();
    await inner.put("a", body);
    const store = guardedStore(inner, refuse);
    expect(await store.stat("a")).toMatchObject({ size: 4 });
    await expect(store.put("b", body)).rejects.toThrow("the lock is gone");
    await expect(store.upload("b", chunks())).rejects.toThrow("the lock is gone");
    await expect(store.delete("a")).rejects.toThrow("the lock is gone");
    expect(await inner.stat("b")).toBeUndefined();
    expect(await inner.stat("a")).toBeDefined();
  });

  test.each([
    ["between its chunks", 2],
    ["with its last chunk", 3],
  ])("gives up an upload that loses its right to write %s", async (_, allowed) => {
    const inner = createMemoryStore();
    let asked = 0;
    const store = guardedStore(inner, () => {
      asked += 1;
      if (asked > allowed) refuse();
    });
    await expect(store.upload("a", chunks())).rejects.toThrow("the lock is gone");
    expect(await inner.stat("a")).toBeUndefined();
  });
});

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield body;
  yield body;
}
