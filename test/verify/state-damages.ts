/**
 * State that is damaged in one place, and what verification, a repair and a build are to make of it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { copyOf, edit, makeFeed, partitionPathOf, told } from "../support/damaged-feed.js";
import { type PackagesFixture } from "../support/packages-fixture.js";

export const core = partitionPathOf("contoso.core");
export const old = partitionPathOf("contoso.old");
export const text = partitionPathOf("contoso.text");
export const index = "feed-state/index.json";
export const feedFile = "feed-state/feed.json";

export interface Damage {
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
export function editLine(path: string, change: (state: StateLine) => unknown): Damage["damage"] {
  return async (store) =>
    await edit(store, path, (json) => {
      const state: StateLine = JSON.parse(json);
      change(state);
      return `${JSON.stringify(state)}\n`;
    });
}

export function editIndex(change: (index: IndexFile) => unknown): Damage["damage"] {
  return async (store) =>
    await edit(store, index, (json) => {
      const file: IndexFile = JSON.parse(json);
      change(file);
      return JSON.stringify(file);
    });
}

/** Declares one test for each damage of a feed that is built once. */
export function testDamages(damages: readonly Damage[]): void {
  let feed: PackagesFixture;

  beforeAll(async () => {
    feed = await makeFeed();
  });
  afterAll(async () => {
    await feed[Symbol.asyncDispose]();
  });

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
}
