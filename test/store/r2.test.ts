/** The store of an R2 bucket in workerd: its operations run in the runtime that they are made for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBucket } from "../../src/store/r2.js";
import { describeStoreContract } from "../contract/store.js";
import { startWorkerBucket, type WorkerBucket } from "../support/worker-bucket.js";

let worker: WorkerBucket;
let opened = 0;
const body = new TextEncoder().encode("body");

beforeAll(async () => {
  worker = await startWorkerBucket();
});
afterAll(() => worker.close());

describeStoreContract(
  "bucket in its worker",
  () => {
    opened += 1;
    return { store: worker.openStore(`${opened}/`) };
  },
  { etagsAreOfBytes: "the etag of R2 is the MD5 of the bytes", persistentWriters: 20 },
);

describe("what lies in the bucket", () => {
  test("is below the prefix of the store, and nothing else is listed", async () => {
    await worker.bucket.put("feeds/other/a", body);
    const store = worker.openStore("feeds/main/");
    await store.put("v3/index.json", body);
    expect(await worker.bucket.head("feeds/main/v3/index.json")).toMatchObject({ size: 4 });
    expect(await pathsOf(store.list(""))).toEqual(["v3/index.json"]);
    expect(await pathsOf(worker.openStore("").list("feeds/"))).toEqual([
      "feeds/main/v3/index.json",
      "feeds/other/a",
    ]);
  });

  test("is not listed when no store takes its name", async () => {
    for (const key of ["foreign/a", "foreign/b//c", "foreign/folder/", "foreign/../d"]) {
      await worker.bucket.put(key, body);
    }
    expect(await pathsOf(worker.openStore("").list("foreign/"))).toEqual(["foreign/a"]);
    expect(await pathsOf(worker.openStore("foreign/").list(""))).toEqual(["a"]);
  });

  test.each([
    ["put as bytes", async (path: string) => worker.openStore("types/").put(path, body, { contentType })],
    [
      "put as a stream",
      async (path: string) => worker.openStore("types/").put(path, streamed, { contentType }),
    ],
    [
      "uploaded",
      async (path: string) => worker.openStore("types/").upload(path, pieces(10), { contentType }),
    ],
    [
      "uploaded in parts",
      async (path: string) => worker.openStore("types/").upload(path, pieces(9_000_000), { contentType }),
    ],
  ])("has the media type with which it was %s", async (name, write) => {
    await write(name);
    expect(await worker.bucket.head(`types/${name}`)).toMatchObject({ httpMetadata: { contentType } });
  });

  test("gets its earlier etag back with its earlier bytes", async () => {
    const store = worker.openStore("etags/");
    const first = await store.put("a", body);
    await store.put("a", new Uint8Array([1]));
    expect(await store.put("a", body)).toEqual(first);
  });

  test("may have a stream of unknown length as its source where there are no streams of known length", async () => {
    const store = openBucket(worker.bucket, { prefix: "node/" });
    expect(await store.put("a", streamed)).toMatchObject({ kind: "stored" });
    expect((await store.read("a"))?.bytes).toEqual(body);
    await expect(store.put("a", { ...streamed, size: 5 })).rejects.toThrow("only 4 of 5 bytes");
  });
});

describe("a name that is too long for R2", () => {
  const long = "x".repeat(1025);

  test("is that of a missing object", async () => {
    const store = worker.openStore("");
    expect(await store.stat(long)).toBeUndefined();
    expect(await store.read(long)).toBeUndefined();
    expect(await store.read(long, { range: { offset: 0, length: 1 } })).toBeUndefined();
    expect(await store.stream(long)).toBeUndefined();
    await expect(store.delete(long)).resolves.toBeUndefined();
  });

  test.each([
    ["put", () => worker.openStore("").put(long, body)],
    ["put of a stream", () => worker.openStore("").put(long, streamed)],
    ["upload", () => worker.openStore("").upload(long, pieces(4))],
    ["upload in parts", () => worker.openStore("").upload(long, pieces(9_000_000))],
  ])("is not written by a %s", async (_, write) => {
    await expect(write()).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringMatching(/^Cannot write "x+" in "test bucket": .*\(10020\)$/),
    });
  });
});

const contentType = "application/json";
const streamed = { size: body.length, stream: () => new Blob([body]).stream() };

async function* pieces(size: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(size);
}

async function pathsOf(list: AsyncIterable<{ readonly path: string }>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of list) paths.push(path);
  return paths.toSorted();
}
