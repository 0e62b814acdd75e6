/** State that somebody wrote: whatever it says, files of others are left alone. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import type { Store } from "../../src/store/store.js";
import { bytesOf, copyOf, edit, makeFeed, replace, told } from "../support/damaged-feed.js";
import { core, index, messages } from "../support/damaged-state.js";
import { checkLinks } from "../support/feed-checker.js";
import { type PackagesFixture, settings } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

interface StateLine {
  outputs: object;
  obsolete?: unknown;
  rendered?: unknown;
  revision?: unknown;
  records: { origins: object }[];
}

interface IndexFile {
  readonly rows: { partition: number; digest: string; ids: number }[];
  outputs: object;
  obsolete?: unknown;
  settings?: unknown;
}

const foreign = [
  "CNAME",
  "v3/flat/contoso.core/notes.txt",
  "v3/flat/contoso.old/notes.txt",
  "feed-state/notes.txt",
];

/** A copy with files of somebody else, and a line of the state that somebody wrote. */
async function tampered(change: (line: StateLine) => void, isTold: boolean): Promise<Store> {
  const store = await copyOf(feed.store);
  for (const path of foreign) await replace(store, path, "mine");
  await edit(store, core, (text) => {
    const line: StateLine = JSON.parse(text);
    change(line);
    return `${JSON.stringify(line)}\n`;
  });
  const own = await digest(await bytesOf(store, core));
  const number = Number.parseInt(path.basename(core), 16);
  await edit(store, index, (text) => {
    const file: IndexFile = JSON.parse(text);
    for (const row of file.rows) if (row.partition === number && isTold) row.digest = own;
    return `${JSON.stringify(file)} `;
  });
  return store;
}

describe("whatever the state says, nothing of others is deleted or replaced:", () => {
  const outside = ["../victim", "/etc/victim", "v3/../../victim", String.raw`..\victim`, ""];
  const lines: readonly (readonly [what: string, (line: StateLine) => void])[] = [
    ["obsolete files of others", (line) => void (line.obsolete = foreign)],
    ["obsolete files outside", (line) => void (line.obsolete = outside)],
    ["obsolete files that are no list", (line) => void (line.obsolete = "CNAME")],
    ["obsolete files that are no texts", (line) => void (line.obsolete = [null, 7])],
    [
      "written files of others",
      (line) => {
        line.outputs = { ...line.outputs, ...Object.fromEntries(foreign.map((path) => [path, "?"])) };
        delete line.rendered;
      },
    ],
    [
      "written files outside",
      (line) => {
        line.outputs = { ...line.outputs, ...Object.fromEntries(outside.map((path) => [path, "?"])) };
        delete line.rendered;
      },
    ],
    ["a name that every object has", (line) => void (line.outputs = JSON.parse('{"__proto__":"?"}'))],
    [
      "origins without files",
      (line) => void (line.records[0] = { ...line.records[0], origins: { added: 5 } }),
    ],
    ["a revision beyond all numbers", (line) => void (line.revision = 1e300)],
  ];

  test.for(lines)("%s", async ([, change]) => {
    for (const isTold of [false, true]) {
      const store = await tampered(change, isTold);
      await feed.build({}, store).catch(() => {});
      for (const path of foreign) expect(await bytesOf(store, path)).toHaveLength(4);
      expect(await checkLinks(store, settings.baseUrl)).toEqual([]);
    }
  });

  test.for(lines)("%s, and all is mended where the index does not know it", async ([, change]) => {
    const store = await tampered(change, false);
    await feed.build({}, store);
    for (const path of foreign) await store.delete(path);
    expect(await told(store)).toEqual([]);
  });

  const indexes: readonly (readonly [what: string, (file: IndexFile) => void])[] = [
    ["obsolete files of others", (file) => void (file.obsolete = foreign)],
    ["obsolete files outside", (file) => void (file.obsolete = outside)],
    ["obsolete files that are no list", (file) => void (file.obsolete = "CNAME")],
    [
      "written files of others",
      (file) => {
        file.outputs = { ...file.outputs, CNAME: "?", "../victim": "?" };
        delete file.settings;
      },
    ],
    [
      "more ids than there are",
      (file) => {
        for (const row of file.rows) row.ids = 1e15;
      },
    ],
    [
      "more ids than there are, and no end of the last build",
      (file) => {
        for (const row of file.rows) row.ids = 1e15;
        delete file.settings;
      },
    ],
  ];

  test.for(indexes)("%s in the index", async ([, change]) => {
    const store = await copyOf(feed.store);
    for (const path of foreign) await replace(store, path, "mine");
    await edit(store, index, (text) => {
      const file: IndexFile = JSON.parse(text);
      change(file);
      return JSON.stringify(file);
    });
    const { problems } = await feed.build({}, store);
    expect(messages(problems)).toEqual([expect.stringContaining(`"${index}" is not what nupress writes`)]);
    for (const path of foreign) {
      expect(await bytesOf(store, path)).toHaveLength(4);
      await store.delete(path);
    }
    expect(await told(store)).toEqual([]);
  });
});
