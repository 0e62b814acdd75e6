/**
 * The contract of `Store`: one suite that every implementation passes.
 */
import { afterEach, beforeEach, describe } from "vitest";
import type { Store } from "../../src/store/store.js";
import { describeConditions, type StoreKind } from "./conditions.js";
import { describeDeletions } from "./deletions.js";
import { describeLists } from "./lists.js";
import { describePaths } from "./paths.js";
import { describeReads } from "./reads.js";
import { describeUploads } from "./uploads.js";
import { describeWrites } from "./writes.js";

/** A fresh, empty store and how to get rid of it. */
export interface OpenedStore {
  readonly store: Store;
  readonly close?: () => Promise<void> | void;
}

/** Declares the suite for one kind of store. */
export function describeStoreContract(
  kind: string,
  open: () => Promise<OpenedStore> | OpenedStore,
  differences: StoreKind = {},
): void {
  describe(`${kind} keeps the store contract`, () => {
    let opened: OpenedStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close?.());

    describePaths(() => store);
    describeReads(() => store);
    describeWrites(() => store);
    describeUploads(() => store);
    describeConditions(() => store, differences);
    describeDeletions(() => store);
    describeLists(() => store);
  });
}
