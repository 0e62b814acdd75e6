/** Damage of partitions and the records in them: what verification says of it, and how a repair mends it. */
import { bytesOf, edit, partitionPathOf, replace, truncate } from "../support/damaged-feed.js";
import { core, type Damage, editLine, old, testDamages, text } from "./state-damages.js";

const damages: readonly Damage[] = [
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
];

testDamages(damages);
