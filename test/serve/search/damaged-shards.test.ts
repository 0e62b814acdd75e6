/** What goes wrong while an index follows a feed: it is told once, and what was known stays. */
import { beforeEach, describe, expect, it, test } from "vitest";
import type { SearchEntry } from "../../../src/feed/search-entry.js";
import { SHARD_INDEX, shardPath } from "../../../src/feed/urls.js";
import { all, entry, shardFile, sorted, useFollowedFeed } from "../../support/followed-feed.js";

const feed = useFollowedFeed();

describe("what goes wrong", () => {
  beforeEach(async () => {
    await feed.publish(all, 2);
    await feed.live.start();
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, -20)],
    ["is empty", () => ""],
    ["holds a line that is no JSON", (text: string) => text.replace('"versions":[', '"versions":')],
    ["holds an entry without versions", (text: string) => text.replaceAll('"versions"', '"version"')],
  ])("in a shard that %s is told once, and what was known of it stays", async (_, damage) => {
    const path = shardFile("alpha", 2);
    const object = await feed.inner.read(path);
    const text = new TextDecoder().decode(object?.bytes);
    await feed.inner.put(path, new TextEncoder().encode(damage(text)));
    expect(await feed.freshIds()).toEqual(sorted);
    expect(await feed.freshIds()).toEqual(sorted);
    expect(feed.errors).toEqual([
      `FeedError: Cannot search all of the feed: "${path}" is damaged, it is not what nupress writes`,
    ]);
    await feed.publish(all.slice(1), 2);
    expect(await feed.freshIds()).toEqual(sorted.filter((id) => id !== "alpha"));
  });

  it("with shards that are gone is told once, until they are back and go again", async () => {
    const path = shardFile("alpha", 2);
    await feed.inner.delete(path);
    expect(await feed.freshIds()).toEqual(sorted);
    expect(await feed.freshIds()).toEqual(sorted);
    const message = `FeedError: Cannot search all of the feed: "${path}" is damaged, it is not there`;
    expect(feed.errors).toEqual([message]);
    await feed.publish(all, 2);
    expect(await feed.freshIds()).toEqual(sorted);
    await feed.inner.delete(path);
    await feed.freshIds();
    expect(feed.errors).toEqual([message, message]);
  });

  it("with all shards is one message", async () => {
    for (const n of [0, 1, 2, 3]) await feed.inner.delete(shardPath(2, n));
    expect(await feed.freshIds()).toEqual(sorted);
    expect(feed.errors).toEqual([expect.stringContaining("it is not there, and 3 others are not either")]);
  });

  it("with the shard index keeps what is known", async () => {
    await feed.inner.put(SHARD_INDEX, new TextEncoder().encode("{}"));
    await publishShard([...all, entry("lambda")]);
    expect(await feed.freshIds()).toContain("lambda");
    expect(feed.errors).toHaveLength(1);
    await feed.inner.delete(SHARD_INDEX);
    expect(await feed.freshIds()).toContain("lambda");
    await feed.freshIds();
    expect(feed.errors).toEqual([
      expect.stringContaining("it names no number of shards"),
      expect.stringContaining("it is not there"),
    ]);
  });

  it("with the store is told, answered from what was known, and tried again ten seconds later", async () => {
    await feed.publish(all.slice(1), 2);
    feed.beforeAnswer = () => {
      throw new Error("no connection");
    };
    expect(await feed.freshIds()).toEqual(sorted);
    feed.clock += 9999;
    expect(await feed.ids()).toEqual(sorted);
    expect(feed.errors).toEqual(["Error: no connection"]);
    feed.beforeAnswer = () => {};
    expect(await feed.freshIds()).toHaveLength(9);
    expect(feed.errors).toHaveLength(1);
  });
});

/** Writes the shards only. */
async function publishShard(entries: readonly SearchEntry[]): Promise<void> {
  const index = await feed.inner.read(SHARD_INDEX);
  await feed.publish(entries, 2);
  if (index !== undefined) await feed.inner.put(SHARD_INDEX, index.bytes);
}
