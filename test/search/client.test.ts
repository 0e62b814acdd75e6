/** The parts of the browser's search that need no browser. */
import { describe, expect, it, test } from "vitest";
import { renderShard, renderShardIndex, shardLine, shardOf } from "../../src/feed/search-shard.js";
import { divideLines, renderWordIndex, renderWordShard, wordShardLine } from "../../src/search/index.js";
import { answerQuestion } from "../../templates/client/search/answer.js";
import { createIndexLoader } from "../../templates/client/search/index-loader.js";
import type { Question } from "../../templates/client/search/messages.js";
import { testId } from "../support/records.js";
import { corpus, testEntry } from "./corpus.js";

const base = "https://feed.example.com/nuget/";
const question: Question = {
  query: "",
  packageType: "",
  framework: "",
  prerelease: false,
  skip: 0,
  take: 20,
};

/** Serves documents, and remembers what was asked for. */
function serve(documents: ReadonlyMap<string, Uint8Array>) {
  const asked: string[] = [];
  const fetchPath = async (path: string, from: string): Promise<Response> => {
    expect(from).toBe(base);
    asked.push(path);
    const body = documents.get(decodeURI(path));
    return await Promise.resolve(
      body === undefined ? new Response("", { status: 404 }) : new Response(new TextDecoder().decode(body)),
    );
  };
  return { asked, fetchPath };
}

function smallFeed(bits: number): Map<string, Uint8Array> {
  const shards = Array.from({ length: 2 ** bits }, (_, n) => {
    const entries = corpus.filter(({ key }) => shardOf(key, bits) === n);
    return renderShard(bits, n, new Map(entries.map((entry) => [entry.key, shardLine(entry)])));
  });
  return new Map([...shards, renderShardIndex(bits)].map(({ path, body }) => [path, body]));
}

function largeFeed(): Map<string, Uint8Array> {
  const shards = divideLines("", new Map(corpus.map((entry) => [entry.key, wordShardLine(entry)])));
  const tree = new Map([...shards].map(([prefix, { keys }]) => [prefix, keys]));
  const documents = [...shards].map(([prefix, { lines }]) => renderWordShard(prefix, lines));
  return new Map([
    ...[...documents, renderWordIndex(tree)].map(({ path, body }): [string, Uint8Array] => [path, body]),
    ["v3/search/shards/index.json", new TextEncoder().encode('{"bits":9,"words":true}')],
  ]);
}

describe("the index of a feed", () => {
  test.each([0, 3])("is loaded once, from shards of %i bits", async (bits) => {
    const { asked, fetchPath } = serve(smallFeed(bits));
    const loader = createIndexLoader(fetchPath);
    const [first, second] = await Promise.all([loader.load(base, "a"), loader.load(base, "b")]);
    expect(first.index.entries.size).toBe(corpus.length);
    expect(first.isPartial).toBe(false);
    expect(second.index).toBe(first.index);
    expect(asked).toHaveLength(1 + 2 ** bits);
  });

  it("of a large feed is loaded as far as questions need it", async () => {
    const { asked, fetchPath } = serve(largeFeed());
    const loader = createIndexLoader(fetchPath);
    const { index, isPartial } = await loader.load(base, "serilog");
    expect(isPartial).toBe(true);
    expect(index.entries.has(testId("Serilog.Sinks.File"))).toBe(true);
    expect(asked).toEqual([
      "v3/search/shards/index.json",
      "v3/search/words/index.json",
      "v3/search/words/w-se.json",
    ]);
    await loader.load(base, "serilog sinks");
    expect(asked).toHaveLength(4);
    await loader.load(base, "seril");
    expect(asked).toHaveLength(4);
  });

  it("is asked for again after a failure", async () => {
    const documents = new Map<string, Uint8Array>();
    const loader = createIndexLoader(serve(documents).fetchPath);
    await expect(loader.load(base, "")).rejects.toThrow("no v3/search/shards/index.json: 404");
    for (const [path, body] of smallFeed(1)) documents.set(path, body);
    expect((await loader.load(base, "")).index.entries.size).toBe(corpus.length);
  });

  test.each(["[]", "{}", '{"bits":"x"}'])("is none where the index says %s", async (text) => {
    const documents = new Map([["v3/search/shards/index.json", new TextEncoder().encode(text)]]);
    await expect(createIndexLoader(serve(documents).fetchPath).load(base, "")).rejects.toThrow(
      "no index of search shards",
    );
  });
});

describe("an answer", () => {
  async function answer(asked: Partial<Question>, feed = smallFeed(1)) {
    const loaded = await createIndexLoader(serve(feed).fetchPath).load(base, asked.query ?? "");
    const found = answerQuestion(loaded, { ...question, ...asked }, "../");
    if (found.kind === "failed") throw new Error("failed");
    return found;
  }

  it("has cards with links from the page", async () => {
    expect((await answer({ query: "newtonsoft.json", take: 1 })).cards).toEqual([
      {
        href: "../packages/newtonsoft.json/",
        id: "Newtonsoft.Json",
        version: "13.0.3",
        marks: [],
        description: "Reads and writes JSON, with attributes, converters and LINQ over documents",
        authors: "James Newton-King",
      },
    ]);
  });

  it("shows prereleases when they are asked for", async () => {
    const { cards } = await answer({ query: "newtonsoft.json", prerelease: true });
    expect(cards[0]).toMatchObject({
      version: "13.0.4-beta1",
      marks: [{ kind: "prerelease", text: "prerelease" }],
    });
  });

  it("is filtered by type and framework", async () => {
    expect(
      (await answer({ packageType: "DotnetTool", framework: "net8.0" })).cards.map(({ id }) => id),
    ).toContain("Mapster.Tool");
    expect((await answer({ query: "mudblazor", framework: "net48" })).total).toBe(0);
    expect((await answer({ query: "mudblazor", framework: "no framework" })).total).toBe(1);
  });

  it("of a large feed has the same cards", async () => {
    const query = { query: "serilog.sinks", prerelease: true };
    expect((await answer(query, largeFeed())).cards).toEqual((await answer(query)).cards);
  });

  test.each([
    ["v3/assets/abc.png", "../v3/assets/abc.png"],
    ["https://example.com/icon.png", "https://example.com/icon.png"],
    ["http://example.com/icon.png", undefined],
    ["javascript:alert(1)", undefined],
    ["data:image/svg+xml,x", undefined],
    ["//example.com/icon.png", undefined],
    ["../icon.png", undefined],
  ])("shows the icon %s as %s", async (iconUrl, shown) => {
    const entry = testEntry(["1.0.0"], { id: "Contoso", iconUrl });
    const shard = renderShard(0, 0, new Map([[entry.key, shardLine(entry)]]));
    const feed = new Map([shard, renderShardIndex(0)].map(({ path, body }) => [path, body]));
    expect((await answer({ query: "contoso" }, feed)).cards[0]?.icon).toBe(shown);
  });
});
