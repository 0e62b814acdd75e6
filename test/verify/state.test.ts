import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import {
  bytesOf,
  copyOf,
  edit,
  flip,
  makeFeed,
  partitionPathOf,
  pathsOf,
  replace,
  told,
  truncate,
} from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const core = partitionPathOf("contoso.core");
const old = partitionPathOf("contoso.old");
const text = partitionPathOf("contoso.text");
const index = "feed-state/index.json";
const feedFile = "feed-state/feed.json";

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  readonly findings: readonly string[];
}

interface StateLine {
  readonly records: { version: string }[];
  readonly outputs: Record<string, string>;
  obsolete?: string[];
  rendered?: unknown;
}

interface IndexFile {
  readonly rows: { partition: number; versions: number }[];
  readonly outputs: Record<string, string>;
  settings: string;
  shardBits: number;
}

/** Changes the only line of a partition. */
function editLine(path: string, change: (state: StateLine) => unknown): Damage["damage"] {
  return async (store) =>
    await edit(store, path, (json) => {
      const state: StateLine = JSON.parse(json);
      change(state);
      return `${JSON.stringify(state)}\n`;
    });
}

function editIndex(change: (index: IndexFile) => unknown): Damage["damage"] {
  return async (store) =>
    await edit(store, index, (json) => {
      const file: IndexFile = JSON.parse(json);
      change(file);
      return JSON.stringify(file);
    });
}

const damages: readonly Damage[] = [
  {
    what: "the settings are gone",
    damage: (store) => store.delete(feedFile),
    findings: [`state-missing ${feedFile}`],
  },
  {
    what: "the settings are no JSON",
    damage: (store) => truncate(store, feedFile, 20),
    findings: [`state-damaged ${feedFile}`],
  },
  {
    what: "the settings name another address than the feed was made for",
    damage: (store) => edit(store, feedFile, (json) => json.replace("feed.example", "fe-d.example")),
    findings: [`unfinished ${feedFile}`],
  },
  { what: "the index is gone", damage: (store) => store.delete(index), findings: [`state-missing ${index}`] },
  {
    what: "the index is no JSON",
    damage: (store) => replace(store, index, "<html>"),
    findings: [`state-damaged ${index}`],
  },
  {
    what: "the index is JSON of something else",
    damage: (store) => replace(store, index, "[]"),
    findings: [`state-damaged ${index}`],
  },
  {
    what: "a row of the index counts wrongly",
    damage: editIndex(({ rows: [row] }) => row && row.versions++),
    findings: [`state-outdated ${index}`],
  },
  {
    what: "a row of the index is gone",
    damage: editIndex(({ rows }) => rows.pop()),
    findings: [`state-outdated ${index}`],
  },
  {
    what: "a row of the index is one too many",
    damage: editIndex(({ rows }) =>
      rows.push(...rows.slice(0, 1).map((row) => ({ ...row, partition: 255 }))),
    ),
    findings: ["state-missing feed-state/packages/ff.jsonl"],
  },
  {
    what: "the rows of the index are out of order",
    damage: editIndex(({ rows }) => rows.push(...rows.splice(0, 1))),
    findings: [`state-outdated ${index}`],
  },
  {
    what: "the index was made from other settings",
    damage: editIndex((index) => {
      index.settings = "0".repeat(32);
    }),
    findings: [`unfinished ${index}`],
  },
  {
    what: "a document of the whole feed is under way",
    damage: editIndex(({ outputs }) => {
      outputs["v3/search/query.json"] = "?";
    }),
    findings: [`unfinished ${index}`],
  },
  {
    what: "the index names other shards",
    damage: editIndex((index) => {
      index.shardBits = 3;
    }),
    findings: [`state-outdated ${index}`],
  },
  {
    what: "the index forgot a document",
    damage: editIndex(({ outputs }) => {
      delete outputs["v3/index.json"];
    }),
    findings: ["output-misrecorded v3/index.json"],
  },
  {
    what: "the index names a file that it cannot have written",
    damage: editIndex(({ outputs }) => {
      outputs["CNAME"] = "0".repeat(32);
    }),
    findings: [`state-damaged ${index}`],
  },
  {
    what: "a partition is gone",
    damage: (store) => store.delete(core),
    findings: [`state-missing ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a partition is empty",
    damage: (store) => truncate(store, core, 0),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a partition is cut short",
    damage: async (store) => truncate(store, core, (await bytesOf(store, core)).length - 7),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a partition lost the end of its last line",
    damage: async (store) => truncate(store, core, (await bytesOf(store, core)).length - 1),
    findings: [`state-damaged ${core}`],
  },
  {
    what: "a partition is a page",
    damage: (store) => replace(store, core, "<!doctype html>\n<title>x</title>\n"),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a record was changed",
    damage: (store) => edit(store, core, (line) => line.replace("Package Contoso.Core", "Another text")),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a record of an unlisted version is lost",
    damage: (store) => edit(store, old, (line) => line.replace('"listed":false', '"listed":true')),
    findings: [`state-damaged ${old}`, `state-damaged ${old}`],
  },
  {
    what: "a record with a time of publication and a vulnerability is lost",
    damage: (store) => edit(store, text, (line) => line.replace("advisory", "nothing")),
    findings: [`state-damaged ${text}`, `state-damaged ${text}`],
  },
  {
    what: "the records of an id with pages are lost",
    damage: (store) => store.delete(partitionPathOf("contoso.many")),
    findings: [
      `state-missing ${partitionPathOf("contoso.many")}`,
      `state-damaged ${partitionPathOf("contoso.many")}`,
    ],
  },
  {
    what: "a record has a version that is none",
    damage: editLine(core, ({ records: [record] }) => record && (record.version = "x")),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a line lies in the wrong partition",
    damage: async (store) => {
      await store.put("feed-state/packages/00.jsonl", await bytesOf(store, core));
      await store.delete(core);
    },
    findings: [
      `state-missing ${core}`,
      "state-damaged feed-state/packages/00.jsonl",
      `state-damaged ${core}`,
    ],
  },
  {
    what: "an id is not finished",
    damage: editLine(core, (state) => {
      delete state.rendered;
    }),
    findings: [`unfinished ${core}`, `state-outdated ${index}`],
  },
  {
    what: "a file of an id is under way",
    damage: editLine(core, ({ outputs }) => {
      outputs["v3/flat/contoso.core/index.json"] = "?";
    }),
    findings: [`unfinished ${core}`, `state-outdated ${index}`],
  },
  {
    what: "a file of an id is forgotten",
    damage: editLine(core, ({ outputs }) => {
      delete outputs["v3/flat/contoso.core/index.json"];
    }),
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/index.json"],
  },
  {
    what: "a file of an id is recorded with other bytes",
    damage: editLine(core, ({ outputs }) => {
      outputs["v3/flat/contoso.core/index.json"] = "0".repeat(32);
    }),
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/index.json"],
  },
  {
    what: "an id names a file of another id",
    damage: editLine(core, (state) => {
      state.obsolete = ["v3/flat/contoso.text/index.json", "../etc/passwd"];
    }),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a file was not deleted",
    damage: async (store) => {
      await replace(store, "v3/flat/contoso.core/0.9.0/contoso.core.nuspec", "<package />");
      await editLine(core, (state) => {
        state.obsolete = ["v3/flat/contoso.core/0.9.0/contoso.core.nuspec"];
      })(store);
    },
    findings: [`state-outdated ${index}`, "output-obsolete v3/flat/contoso.core/0.9.0/contoso.core.nuspec"],
  },
  {
    what: "a file that nothing wants is recorded",
    damage: async (store) => {
      await replace(store, "v3/flat/contoso.core/0.9.0/readme", "# Old");
      await editLine(core, ({ outputs }) => {
        outputs["v3/flat/contoso.core/0.9.0/readme"] = "0".repeat(32);
      })(store);
    },
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/0.9.0/readme"],
  },
  {
    what: "a partition and documents of the whole feed are gone or changed",
    damage: async (store) => {
      await store.delete(core);
      await replace(store, ".nojekyll", "x");
      await replace(store, "v3/search/query.json", '{"totalHits":0,"data":[]}');
      await store.delete("v3/search/shards/0/0.json");
    },
    findings: [
      `state-missing ${core}`,
      `state-damaged ${core}`,
      "document-differs .nojekyll",
      "document-missing v3/search/shards/0/0.json",
    ],
  },
  {
    what: "everything of the state is gone but the settings",
    damage: async (store) => {
      for (const path of await pathsOf(store)) {
        if (path.startsWith("feed-state/") && path !== feedFile) await store.delete(path);
      }
    },
    findings: [
      `state-missing ${index}`,
      ...["contoso.text", "contoso.many", "contoso.core", "contoso.old"]
        .map(partitionPathOf)
        .sort()
        .map((path) => `state-damaged ${path}`),
    ],
  },
];

describe("verification finds, a repair mends, and a build leaves as it is:", () => {
  test.for(damages)("$what", async ({ damage, findings }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    expect((await told(store)).toSorted()).toEqual(findings.toSorted());
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    await feed.build({}, store);
    expect(await told(store)).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });
});

describe("a version of a lost record", () => {
  const origins = async (store: Store): Promise<unknown> => {
    const lines = new TextDecoder().decode(await bytesOf(store, core));
    return JSON.parse(lines).records[0].origins;
  };

  test("belongs to nobody, until a folder brings it again", async () => {
    const store = await copyOf(feed.store);
    await flip(store, core, 200);
    await verifyStore(store, { repair: true });
    expect(await origins(store)).toEqual({ recovered: [] });
    await feed.build({}, store);
    expect(await origins(store)).toEqual({
      "folder:packages": [{ path: "Contoso.Core.1.0.0.nupkg", mtime: expect.any(Number) }],
    });
  });

  test("stays where no folder has it", async () => {
    const store = await copyOf(feed.store);
    await flip(store, core, 200);
    await verifyStore(store, { repair: true });
    await using other = await makePackages({ id: "Contoso.Other", version: "1.0.0" });
    await other.build({ allowMassRemoval: true }, store);
    expect(await origins(store)).toEqual({ recovered: [] });
    expect(await told(store)).toEqual([]);
  });
});

test("a state of a later version of nupress is refused", async () => {
  const store = await copyOf(feed.store);
  await edit(store, feedFile, (json) => json.replace('"format":1', '"format":2'));
  await expect(verifyStore(store)).rejects.toMatchObject({ code: "state-newer" });
});

test("without settings that anybody could tell, the documents are checked for themselves", async () => {
  const store = await copyOf(feed.store);
  await store.delete(feedFile);
  await store.delete(index);
  expect(await told(store)).toEqual([`state-missing ${feedFile}`, `state-missing ${index}`]);
  const before = await pathsOf(store);
  expect(await told(store, { repair: true })).toEqual([
    `state-missing ${feedFile}`,
    `state-missing ${index}`,
  ]);
  expect(await pathsOf(store)).toEqual(before);
});
