import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { bytesOf, edit, makeFeed, pathsOf, replace, told, truncate } from "../support/damaged-feed.js";
import { writeForeignFeed } from "../support/foreign-feed.js";

const noState = ["state-missing feed-state/feed.json", "state-missing feed-state/index.json"];
const registration = "registration/fabrikam.core/index.json";

let store: Store;

beforeEach(async () => {
  store = createMemoryStore();
  await writeForeignFeed(store, { "fabrikam.core": ["1.0.0", "1.1.0"], "fabrikam.text": ["2.0.0"] });
});

describe("a feed that another tool wrote", () => {
  test("has no state, and nothing else is wrong with it", async () => {
    expect(await told(store)).toEqual(noState);
  });

  test("is not touched by a repair", async () => {
    const before = await pathsOf(store);
    expect(await told(store, { repair: true })).toEqual(noState);
    expect(await pathsOf(store)).toEqual(before);
  });

  const damages: readonly (readonly [string, () => Promise<unknown>, readonly string[]])[] = [
    [
      "a page as service index",
      () => replace(store, "index.json", "<html>"),
      ["document-damaged index.json"],
    ],
    ["an empty service index", () => replace(store, "index.json", "{}"), ["service-index-wrong index.json"]],
    ["null as service index", () => replace(store, "index.json", "null"), ["service-index-wrong index.json"]],
    [
      "resources that are none",
      () => replace(store, "index.json", '{"version":"3.0.0","resources":[null,1,{"@type":5}]}'),
      ["service-index-wrong index.json", "service-index-wrong index.json"],
    ],
    [
      "a missing package",
      () => store.delete("flatcontainer/fabrikam.core/1.1.0/fabrikam.core.1.1.0.nupkg"),
      [`link-broken ${registration}`],
    ],
    [
      "a missing leaf",
      () => store.delete("registration/fabrikam.core/1.1.0.json"),
      [`link-broken ${registration}`],
    ],
    ["a missing registration", () => store.delete(registration), [`document-missing ${registration}`]],
    ["a cut registration", () => truncate(store, registration, 100), [`document-damaged ${registration}`]],
    [
      "a registration of nonsense",
      () => replace(store, registration, '{"count":1,"items":[{"@id":"x","items":[5]}]}'),
      [`registration-wrong ${registration}`],
    ],
    [
      "a registration that is nested too deeply for anybody",
      () => replace(store, registration, `{"count":0,"items":[],"x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`),
      [`registration-wrong ${registration}`],
    ],
    [
      "a registration whose page leads nowhere",
      () =>
        replace(
          store,
          registration,
          '{"count":1,"items":[{"@id":"https://packages.example.com/feed/../x"}]}',
        ),
      [`link-broken ${registration}`],
    ],
    [
      "a version list with a version more",
      () =>
        edit(store, "flatcontainer/fabrikam.core/index.json", (json) =>
          json.replace('"1.1.0"', '"1.1.0","1.2.0"'),
        ),
      [`registration-wrong ${registration}`],
    ],
  ];

  test.for(damages)("with %s is told so", async ([, damage, findings]) => {
    await damage();
    expect(await told(store)).toEqual([...noState, ...findings]);
  });
});

test("a feed of nupress whose state was not uploaded is checked by what its documents say", async () => {
  await using feed = await makeFeed();
  for (const path of await pathsOf(feed.store)) {
    if (path.startsWith("feed-state/")) await feed.store.delete(path);
  }
  expect(await told(feed.store)).toEqual(noState);
  const page = "v3/registration/contoso.many/page/1.0.0/1.63.0.json";
  await feed.store.put(
    "v3/registration/contoso.many/page/1.64.0/1.127.0.json",
    await bytesOf(feed.store, page),
  );
  await feed.store.delete("v3/flat/contoso.core/index.json");
  await feed.store.delete("v3/registration/contoso.text/1.0.0.json");
  const found = (await told(feed.store)).slice(noState.length);
  expect([...new Set(found)]).toEqual([
    "document-missing v3/flat/contoso.core/index.json",
    "link-broken v3/registration-semver1/contoso.text/index.json",
    "link-broken v3/registration/contoso.text/index.json",
    "registration-wrong v3/registration/contoso.many/index.json",
  ]);
});
