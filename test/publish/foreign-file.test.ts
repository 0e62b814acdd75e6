import { describe, expect, test } from "vitest";
import { versionListPath } from "../../src/feed/urls.js";
import { refuseForeignFile } from "../../src/publish/foreign-file.js";
import { bytesStream, chunkStream } from "../../src/store/body.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Body } from "../../src/store/store.js";
import { testId } from "../support/records.js";

const path = versionListPath(testId("Contoso.Core"));
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function storeWith(text: string) {
  const store = createMemoryStore("public");
  await store.put(path, bytesOf(text));
  return store;
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield bytesOf(text);
}

describe("a path that the state does not know", () => {
  test("may be written when nothing lies there, which costs no look at what would be", async () => {
    let isAsked = false;
    const wanted = async (): Promise<undefined> => void (isAsked = true);
    await refuseForeignFile({ store: createMemoryStore() }, path, wanted);
    expect(isAsked).toBe(false);
  });

  test.for<[string, Body]>([
    ["held", bytesOf("mine")],
    ["streamed", { size: 4, stream: () => bytesStream(bytesOf("mine")) }],
    ["streamed in pieces", { size: 4, stream: () => chunkStream(pieces("mi", "ne")) }],
  ])("may be written when the very bytes lie there (%s)", async ([, body]) => {
    const store = await storeWith("mine");
    await expect(refuseForeignFile({ store }, path, async () => body)).resolves.toBeUndefined();
  });

  test("may be written when it is empty and is to be", async () => {
    const store = await storeWith("");
    await expect(refuseForeignFile({ store }, path, async () => new Uint8Array())).resolves.toBeUndefined();
  });

  test.for<[string, Body | undefined]>([
    ["other bytes of the same length", bytesOf("hers")],
    ["more bytes", bytesOf("mine too")],
    ["fewer bytes", bytesOf("min")],
    ["a stream that differs at its end", { size: 4, stream: () => bytesStream(bytesOf("mink")) }],
    ["what nobody can tell yet", undefined],
  ])("is refused for %s", async ([, body]) => {
    await expect(
      refuseForeignFile({ store: await storeWith("mine") }, path, async () => body),
    ).rejects.toMatchObject({
      code: "foreign-file",
      message: `Cannot write "${path}" in "public": a file that nupress did not write is there`,
    });
  });
});
