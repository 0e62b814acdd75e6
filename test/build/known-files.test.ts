/** The memory between builds: what it saves, and that nothing hangs on it. */
import { beforeEach, describe, expect, test } from "vitest";
import { partitionOf, partitionPath, sourceMemoryPath } from "../../src/state/layout.js";
import { edit } from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";
import { testId } from "../support/records.js";

const memory = sourceMemoryPath("folder:packages");
const corePath = partitionPath(partitionOf(testId("contoso.core")));
const textPath = partitionPath(partitionOf(testId("contoso.text")));
const encoder = new TextEncoder();

describe("a build that remembers the last one", () => {
  let feed: PackagesFixture;

  beforeEach(async () => {
    feed = await makePackages(
      { id: "Contoso.Core", version: "1.0.0", icon: { path: "icon.png", content: "x" } },
      { id: "Contoso.Text", version: "2.0.0" },
    );
    await feed.build();
    feed.store.reset();
    return async () => await feed[Symbol.asyncDispose]();
  });

  test("reads no partition when nothing changed", async () => {
    const report = await feed.build();
    expect(feed.store.readPaths()).toContain(memory);
    expect(feed.store.readPaths()).not.toContain(corePath);
    expect(report).toMatchObject({ versions: 2, ids: 2, created: 0, replaced: 0, kept: report.kept });
  });

  test("reports the same as one that remembers nothing", async () => {
    const remembering = await feed.build();
    await feed.store.delete(memory);
    expect(await feed.build()).toEqual(remembering);
  });

  test("reads the partitions of what changed only", async () => {
    await feed.add({ id: "Contoso.Core", version: "1.1.0" });
    await feed.build();
    expect(feed.store.readPaths()).toContain(corePath);
    expect(feed.store.readPaths()).not.toContain(textPath);
  });

  test.each<[string, (feed: PackagesFixture) => Promise<unknown>]>([
    ["a partition was written by somebody else", async ({ store }) => await rewrite(store, corePath)],
    ["a file has another time", async ({ touch }) => await touch("Contoso.Core.1.0.0.nupkg")],
    [
      "the facts name an id",
      async ({ facts }) => await facts({ "Contoso.Core": { "1.0.0": { listed: false } } }),
    ],
    ["the memory is damaged", async ({ store }) => await store.put(memory, encoder.encode("{}\n"))],
    ["a line of the memory is lost", async ({ store }) => await withoutLastLine(store)],
    ["a line of the memory is something else", async ({ store }) => await edit(store, memory, anotherLine)],
    ["the memory is cut short", async ({ store }) => await cutShort(store, memory)],
    ["the memory is of a later nupress", async ({ store }) => await laterFormat(store)],
  ])("reads a partition again when %s", async (_, change) => {
    await change(feed);
    feed.store.reset();
    await feed.build();
    expect(feed.store.readPaths()).toContain(corePath);
  });

  test("renders again under another base URL", async () => {
    const settings = { baseUrl: "https://example.com/other/", folderFeed: false, staticSearch: 25 };
    expect((await feed.build({ settings })).replaced).toBeGreaterThan(0);
  });

  test("notices that a file is gone", async () => {
    await feed.remove("Contoso.Text.2.0.0.nupkg");
    expect(await feed.build({ allowMassRemoval: true })).toMatchObject({ versions: 1, ids: 1 });
  });
});

type CountedStore = PackagesFixture["store"];

async function rewrite(store: CountedStore, path: string): Promise<void> {
  const object = await store.read(path);
  await store.put(path, object?.bytes ?? new Uint8Array());
}

async function withoutLastLine(store: CountedStore): Promise<void> {
  await edit(store, memory, (text) => text.replace(/[^\n]+\n$/, ""));
}

function anotherLine(text: string): string {
  return text.replace(/"files":\[.*?\]\]/, '"files":null');
}

async function cutShort(store: CountedStore, path: string): Promise<void> {
  const object = await store.read(path);
  await store.put(path, object?.bytes.subarray(0, -20) ?? new Uint8Array());
}

async function laterFormat(store: CountedStore): Promise<void> {
  const object = await store.read(memory);
  const text = new TextDecoder().decode(object?.bytes).replace('"format":1', '"format":2');
  await store.put(memory, encoder.encode(text));
}
