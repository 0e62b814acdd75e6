import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTo } from "../../src/build/add.js";
import { digest } from "../../src/build/node-hash.js";
import type { Problem } from "../../src/build/options.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { countingStore } from "../support/counting-store.js";
import {
  bytesOf,
  copyOf,
  edit,
  makeFeed,
  partitionPathOf,
  pathsOf,
  replace,
  told,
  truncate,
} from "../support/damaged-feed.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";

const core = partitionPathOf("contoso.core");
const old = partitionPathOf("contoso.old");
const index = "feed-state/index.json";
const feedFile = "feed-state/feed.json";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  /** The beginning of what is told. */
  readonly told: string;
  /** Whether there is anything to keep. */
  readonly isKept?: false;
}

const damages: readonly Damage[] = [
  {
    what: "a partition that is cut short",
    damage: async (store) => await truncate(store, core, (await bytesOf(store, core)).length - 7),
    told: `State "${core}" ends within line 1: it is made again from the packages`,
  },
  {
    what: "a partition of which little is left",
    damage: async (store) => await truncate(store, core, 10),
    told: `State "${core}" ends within line 1`,
  },
  {
    what: "an empty partition",
    damage: async (store) => await truncate(store, core, 0),
    told: `State "${core}" is empty`,
    isKept: false,
  },
  {
    what: "a partition that is a page",
    damage: async (store) => await replace(store, core, "<!doctype html>\n<title>x</title>\n"),
    told: `State "${core}" cannot be read in line 1 (and 1 more)`,
  },
  {
    what: "a partition that is gone",
    damage: async (store) => await store.delete(core),
    told: `State "${core}" is not there`,
    isKept: false,
  },
  {
    what: "a partition whose lines are there twice",
    damage: async (store) => await edit(store, core, (text) => text + text),
    told: `State "${core}" has no place for "contoso.core" in line 2`,
  },
  {
    what: "a record that was changed",
    damage: async (store) =>
      await edit(store, old, (text) => text.replace('"listed":false', '"listed":true')),
    told: `State "${old}" holds other records of "contoso.old" than were saved`,
  },
  {
    what: "a file of another id among those of an id",
    damage: async (store) =>
      await edit(store, core, (text) =>
        text.replace('"outputs":{', '"outputs":{"v3/flat/contoso.old/index.json":"?",'),
      ),
    told: `State "${core}" says that "v3/flat/contoso.old/index.json" is a file of "contoso.core"`,
  },
  {
    what: "an index that is cut short",
    damage: async (store) => await truncate(store, index, 100),
    told: `State "${index}" is not what nupress writes`,
  },
  {
    what: "an index that is gone",
    damage: async (store) => await store.delete(index),
    told: `State "${index}" is not there`,
    isKept: false,
  },
  {
    what: "settings that are cut short",
    damage: async (store) => await truncate(store, feedFile, 30),
    told: `State "${feedFile}" is not what nupress writes`,
  },
  {
    what: "settings that are gone",
    damage: async (store) => await store.delete(feedFile),
    told: `State "${feedFile}" is not there`,
    isKept: false,
  },
];

const messages = (problems: readonly Problem[]): string[] => problems.map(({ message }) => message);
const copies = async (store: Store): Promise<string[]> =>
  (await pathsOf(store)).filter((path) => path.startsWith("feed-state/damaged/"));

describe("a build finds, names and mends", () => {
  test.for(damages)("$what", async ({ damage, told: expected, isKept = true }) => {
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    const damaged = await stateBytes(store);
    store.reset();
    const { problems } = await feed.build({}, store);
    expect(messages(problems)).toEqual([expect.stringMatching(startOf(expected))]);
    expect(problems).toMatchObject([{ severity: "warning", code: "state-damaged" }]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
    const kept = await copies(store);
    expect(kept).toHaveLength(isKept ? 1 : 0);
    for (const path of kept) {
      expect(problems[0]?.message).toContain(`kept as "${path}"`);
      expect(damaged).toContainEqual(await bytesOf(store, path));
    }
    expect((await verifyStore(store)).setAside).toEqual(kept);
    store.reset();
    expect((await feed.build({}, store)).problems).toEqual([]);
    expect(store.writes).toEqual([]);
  });

  test("everything but the settings", async () => {
    const store = await copyOf(feed.store);
    for (const path of await pathsOf(store)) {
      if (path.startsWith("feed-state/") && path !== feedFile) await store.delete(path);
    }
    const { problems } = await feed.build({}, store);
    expect(problems).toHaveLength(5);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
  });

  test("the state of a feed with a web site", async () => {
    const options = { settings: { ...settings, site: {} } };
    const store = createMemoryStore();
    await feed.build(options, store);
    const before = await feed.tree(store);
    await truncate(store, core, 99);
    await store.delete(old);
    await truncate(store, index, 99);
    await feed.build(options, store);
    expect(await feed.tree(store)).toEqual(before);
    expect(await told(store)).toEqual([]);
  });

  test("damage of two kinds, while packages come and go and another address is given", async () => {
    await using packages = await makeFeed();
    await truncate(packages.store, core, 99);
    await packages.store.delete(index);
    await packages.add({ id: "Contoso.Core", version: "3.0.0" });
    await packages.add({ id: "Contoso.New", version: "1.0.0" });
    await packages.remove("Contoso.Text.1.0.0.nupkg");
    const options = { settings: { ...settings, baseUrl: "https://other.example.com/" } };
    await packages.build(options);
    const clean = createMemoryStore();
    await packages.build(options, clean);
    expect(await packages.tree()).toEqual(await packages.tree(clean));
    expect(await told(packages.store)).toEqual([]);
  });
});

describe("a dry run over damaged state", () => {
  test.for(damages)("tells the same and writes nothing ($what)", async ({ damage, told: expected }) => {
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    store.reset();
    const { problems, deleted } = await feed.build({ dryRun: true }, store);
    expect(messages(problems)).toEqual([expect.stringMatching(startOf(expected))]);
    expect(deleted).toBe(0);
    expect(store.writes).toEqual([]);
  });
});

test("a build that is refused leaves damaged state as it is", async () => {
  await using packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
  await packages.build();
  await truncate(packages.store, core, 50);
  await packages.add({ id: "Contoso.Core", version: "1.0.0", description: "other bytes" });
  packages.store.reset();
  await expect(packages.build()).rejects.toMatchObject({
    code: "version-conflict",
    problems: [{ code: "state-damaged" }, { code: "version-changed", file: "Contoso.Core.1.0.0.nupkg" }],
  });
  expect(packages.store.writes).toEqual([]);
  await packages.build({ allowReplace: true });
  expect(await checkFeed(packages.store, settings.baseUrl)).toEqual([]);
});

describe("versions that no folder of the build holds", () => {
  const added = { id: "Contoso.Core", version: "9.0.0", entryTime: "2020-01-01T00:00:00Z" };

  /** A feed of one folder, with one version more that was added, whose records are lost. */
  const makeDamaged = async (): Promise<PackagesFixture> => {
    const packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await using other = await makePackages(added);
    await packages.build();
    await addTo(packages.store, {
      packages: [path.join(other.folder, "Contoso.Core.9.0.0.nupkg")],
      now: new Date("2026-05-01T10:00:00Z"),
    });
    return packages;
  };

  test("stay as they were published, and are named", async () => {
    await using packages = await makeDamaged();
    const before = await packages.tree();
    await truncate(packages.store, core, 50);
    const { problems } = await packages.build();
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged", "version-recovered"]);
    expect(messages(problems)[1]).toMatch(/^Kept Contoso\.Core 9\.0\.0: no file of this build holds them/);
    expect(await packages.tree()).toEqual(before);
    expect((await packages.build()).problems).toEqual([]);
    expect(await packages.tree()).toEqual(before);
  });

  test("belong to the next one who brings them, and leave with their file then", async () => {
    await using packages = await makeDamaged();
    await truncate(packages.store, core, 50);
    await packages.build();
    await packages.add(added);
    await packages.build();
    await packages.remove("Contoso.Core.9.0.0.nupkg");
    await packages.build();
    expect(await packages.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.0.0"] });
  });

  test("keep what another folder says of them until that is built again", async () => {
    await using packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await using other = await makePackages({ id: "Contoso.Core", version: "2.0.0" });
    await other.facts({ "Contoso.Core": { "2.0.0": { listed: false } } });
    await packages.build();
    await other.build({ sourceName: "other" }, packages.store);
    const before = await packages.tree();
    await truncate(packages.store, core, 50);
    await packages.build();
    expect(await packages.tree()).toEqual(before);
    await other.build({ sourceName: "other" }, packages.store);
    await other.facts({});
    await other.build({ sourceName: "other" }, packages.store);
    expect(await packages.json("v3/registration/contoso.core/2.0.0.json")).toMatchObject({ listed: true });
  });
});

describe("a package of the feed that cannot be read any more", () => {
  const nupkg = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";

  test("is replaced by the file of the folder", async () => {
    const store = await copyOf(feed.store);
    await truncate(store, core, 50);
    await truncate(store, nupkg, 30);
    const { problems } = await feed.build({}, store);
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged", "package-lost"]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
  });

  test("leaves the feed where nobody else has it, and is not deleted", async () => {
    await using packages = await makePackages(
      { id: "Contoso.Core", version: "1.0.0" },
      { id: "Contoso.Core", version: "1.1.0" },
    );
    await packages.build();
    await truncate(packages.store, core, 50);
    await truncate(packages.store, nupkg, 30);
    await packages.remove("Contoso.Core.1.0.0.nupkg");
    await packages.build();
    expect(await packages.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.1.0"] });
    expect(await told(packages.store)).toEqual([`file-extra ${nupkg}`]);
    expect(await bytesOf(packages.store, nupkg)).toHaveLength(30);
  });
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

describe("state of a later version of nupress is refused, also when it", () => {
  test.for([
    ["is whole", JSON.stringify({ format: 2, settings: {} })],
    ["is cut short", '{"format":2,"settings":{"base'],
  ] as const)("%s", async ([, text]) => {
    const store = countingStore(await copyOf(feed.store));
    await replace(store, feedFile, text);
    store.reset();
    await expect(feed.build({}, store)).rejects.toMatchObject({ code: "state-newer" });
    expect(store.writes).toEqual([]);
  });
});

describe("add refuses damaged state, and writes nothing", () => {
  const refused = damages.filter(({ what }) => !what.includes("record that was changed"));

  test.for(refused)("($what)", async ({ damage }) => {
    await using other = await makePackages({ id: "Contoso.Core", version: "7.0.0" });
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    store.reset();
    const packages = [path.join(other.folder, "Contoso.Core.7.0.0.nupkg")];
    await expect(addTo(store, { packages })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:state-corrupt|foreign-feed)$/),
      hint: expect.stringMatching(/nupress build|feed-state/),
    });
    expect(store.putPaths().filter((path) => path !== "feed-state/lock")).toEqual([]);
    expect(await copies(store)).toEqual([]);
  });

  test("of the ids that it is about; the damage of others is for the next build", async () => {
    await using other = await makePackages({ id: "Contoso.New", version: "7.0.0" });
    const store = await copyOf(feed.store);
    await truncate(store, old, 50);
    await addTo(store, { packages: [path.join(other.folder, "Contoso.New.7.0.0.nupkg")] }).catch(() => {});
    const { problems } = await feed.build({}, store);
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged"]);
    expect(await told(store)).toEqual([]);
  });
});

async function stateBytes(store: Store): Promise<Uint8Array[]> {
  const paths = (await pathsOf(store)).filter((path) => path.startsWith("feed-state/"));
  return await Promise.all(paths.map(async (path) => await bytesOf(store, path)));
}

function startOf(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.()[\]]/g, String.raw`\$&`)}`);
}
