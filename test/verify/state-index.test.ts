/** Damage of the settings and the index: what verification says of it, and how a repair mends it. */
import { edit, replace, truncate } from "../support/damaged-feed.js";
import { type Damage, editIndex, feedFile, index, testDamages } from "./state-damages.js";

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
];

testDamages(damages);
