import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.js";
import { describeStoreContract } from "../contract/store.js";
import { countingStore } from "../support/counting-store.js";
import { Crash, failingStore } from "../support/failing-store.js";

describeStoreContract("memory", () => ({ store: createMemoryStore() }));
describeStoreContract("a counted store", () => ({ store: countingStore(createMemoryStore()) }));
describeStoreContract("a store that never fails", () => ({
  store: failingStore(createMemoryStore(), { at: Infinity, how: "crash" }),
}));

const body = new TextEncoder().encode("body");
const ifAbsent = { condition: { ifAbsent: true } } as const;

describe("the stores that tests use", () => {
  test("a counting store records writes that took place, in order", async () => {
    const store = countingStore(createMemoryStore());
    await store.put("b", body);
    await store.put("b", body, ifAbsent);
    await store.put("a", body);
    await store.delete("b");
    await store.upload("c", new Blob([body]).stream());
    expect(store.writes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "put b",
      "put a",
      "delete b",
      "upload c",
    ]);
    expect(store.putPaths()).toEqual(["a", "b"]);
    expect(store.deletedPaths()).toEqual(["b"]);
    store.reset();
    expect(store.writes).toEqual([]);
  });

  test("a failing write does nothing, and the next one succeeds", async () => {
    const inner = createMemoryStore();
    const store = failingStore(inner, { at: 2, how: "fail" });
    await store.put("a", body);
    await expect(store.put("b", body)).rejects.toMatchObject({ code: "store-failed" });
    await store.put("c", body);
    expect(await pathsOf(inner)).toEqual(["a", "c"]);
  });

  test.each(["fail", "crash", "crash-within"] as const)(
    "an upload that meets a %s leaves nothing",
    async (how) => {
      const inner = createMemoryStore();
      const store = failingStore(inner, { at: 2, how });
      await store.upload("a", new Blob([body]).stream());
      await expect(store.upload("b", new Blob([body]).stream())).rejects.toThrow(/write 2/);
      expect(await pathsOf(inner)).toEqual(["a"]);
    },
  );

  test.each([
    ["crash", {}],
    ["crash-after", { b: 4 }],
    ["crash-within", { b: 2 }],
  ] as const)("after a %s nothing answers any more, and %j is there of the last write", async (how, last) => {
    const inner = createMemoryStore();
    const store = failingStore(inner, { at: 2, how });
    await store.put("a", body);
    await expect(store.put("b", body, ifAbsent)).rejects.toThrow(Crash);
    await expect(store.put("c", body)).rejects.toThrow(Crash);
    await expect(store.read("a")).rejects.toThrow(Crash);
    expect(await sizesOf(inner)).toEqual({ a: 4, ...last });
  });
});

async function sizesOf(store: ReturnType<typeof createMemoryStore>): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for await (const { path, size } of store.list("")) sizes[path] = size;
  return sizes;
}

async function pathsOf(store: ReturnType<typeof createMemoryStore>): Promise<string[]> {
  return Object.keys(await sizesOf(store));
}
