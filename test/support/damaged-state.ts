/** State that is damaged in one place, and what a build says of it. */
import type { Problem } from "../../src/build/options.js";
import type { Store } from "../../src/store/store.js";
import { bytesOf, edit, partitionPathOf, pathsOf, replace, truncate } from "./damaged-feed.js";

export const core = partitionPathOf("contoso.core");
export const old = partitionPathOf("contoso.old");
export const index = "feed-state/index.json";
export const feedFile = "feed-state/feed.json";

export interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  /** The beginning of what is told. */
  readonly told: string;
  /** Whether there is anything to keep. */
  readonly isKept?: false;
}

export const damages: readonly Damage[] = [
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

/** What is told, a line each. */
export const messages = (problems: readonly Problem[]): string[] => problems.map(({ message }) => message);
/** Paths of damaged files that were kept. */
export const copies = async (store: Store): Promise<string[]> =>
  (await pathsOf(store)).filter((path) => path.startsWith("feed-state/damaged/"));

/** Matches what begins with a text. */
export function startOf(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.()[\]]/g, String.raw`\$&`)}`);
}
