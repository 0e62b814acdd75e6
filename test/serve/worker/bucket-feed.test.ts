/** How the feed of a bucket begins, and what becomes of one that lost its lock or its settings. */
import { afterEach, expect, test, vi } from "vitest";
import { openBucketFeed } from "../../../src/serve/worker/bucket-feed.js";
import { readEnvironment } from "../../../src/serve/worker/environment.js";
import { FEED_FILE, LOCK_FILE } from "../../../src/state/layout.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { R2Bucket } from "../../../src/store/r2/binding.js";
import type { Store } from "../../../src/store/store.js";

// Streams that hash are Cloudflare's own.
vi.mock("../../../src/serve/worker/hash.js", async () => await import("../../../src/build/node-hash.js"));

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the settings alone are read
const bucket = {} as R2Bucket;
const settings = readEnvironment({ BUCKET: bucket, NUPRESS_BASE_URL: "https://feed.example.com/" });

const held = JSON.stringify({
  holder: { host: "worker", pid: 0, instance: "another isolate" },
  since: "2026-01-01T00:00:00.000Z",
  until: "2999-01-01T00:00:00.000Z",
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("a push begins the feed, also when another isolate died while it did so", async () => {
  const store = createMemoryStore();
  const { publishing } = openBucketFeed(store, { settings, onChanged: () => {} });
  await store.put(LOCK_FILE, new TextEncoder().encode(held));
  await expect(publishing.context()).resolves.toMatchObject({ overwrite: "never" });
  expect(await store.stat(FEED_FILE)).toBeUndefined();
  await store.delete(LOCK_FILE);
  await publishing.context();
  expect(await store.stat(FEED_FILE)).toBeDefined();
});

test("a push into a feed of a later version of nupress is refused", async () => {
  const store = createMemoryStore();
  await openBucketFeed(store, { settings, onChanged: () => {} }).publishing.context();
  const feedFile = new TextDecoder().decode((await store.read(FEED_FILE))?.bytes);
  await store.put(FEED_FILE, new TextEncoder().encode(feedFile.replace('"format":1', '"format":2')));
  const { publishing } = openBucketFeed(store, { settings, onChanged: () => {} });
  await expect(publishing.context()).rejects.toMatchObject({ code: "state-newer" });
});

test("a scheduled run that loses its lock says that the next one goes on", async () => {
  const inner = createMemoryStore();
  const clock = vi.spyOn(Date, "now");
  const store: Store = {
    ...inner,
    put: async (path, ...more) => {
      const result = await inner.put(path, ...more);
      if (path === LOCK_FILE) clock.mockReturnValue(Date.now() + 3_600_000);
      return result;
    },
  };
  const { runScheduled } = openBucketFeed(store, { settings, onChanged: () => {} });
  await expect(runScheduled()).rejects.toMatchObject({
    code: "lock-lost",
    hint: "nothing is lost: the next scheduled run does what is left",
  });
  expect(await inner.stat(FEED_FILE)).toBeUndefined();
});

test("the note of the settings that was lost is made again by the next run, unless it is another feed's", async () => {
  const store = createMemoryStore();
  await openBucketFeed(store, { settings, onChanged: () => {} }).publishing.context();
  const note = await store.read(FEED_FILE);
  await store.delete(FEED_FILE);
  const feed = { ...settings.feed, baseUrl: "https://other.example.com/" };
  const other = openBucketFeed(store, { settings: { ...settings, feed }, onChanged: () => {} });
  await expect(other.runScheduled()).rejects.toMatchObject({ code: "foreign-feed" });
  await expect(other.publishing.context()).rejects.toMatchObject({ code: "foreign-feed" });
  expect(await store.stat(FEED_FILE)).toBeUndefined();
  const own = openBucketFeed(store, { settings, onChanged: () => {} });
  expect(await own.runScheduled()).toMatchObject({ problems: [] });
  expect((await store.read(FEED_FILE))?.bytes).toEqual(note?.bytes);
});
