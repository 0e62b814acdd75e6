/**
 * What the steps of publishing need, without packages and folders: a context around a memory store, and partitions made
 * from records.
 */
import { digest } from "../../src/build/node-hash.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import { lowerId } from "../../src/nuget/id.js";
import type { AppliedChange, PublishContext } from "../../src/publish/context.js";
import { partitionReader } from "../../src/publish/partition-store.js";
import { idSettingsDigest } from "../../src/state/feed-file.js";
import { type IdState, type StoredRecord, withRecords } from "../../src/state/id-state.js";
import type { Partition } from "../../src/state/partition.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { type CountingStore, countingStore } from "./counting-store.js";
import { testSettings } from "./render-feed.js";

export interface Publishing {
  readonly store: CountingStore;
  readonly context: PublishContext;
  /** What the context was told, in order. */
  readonly changes: readonly AppliedChange[];
  /** `open {id} {version}` and `close {id} {version}`, in order. */
  readonly packages: readonly string[];
  readonly load: ReturnType<typeof partitionReader>;
}

/** Files that come out of packages are texts that name what they are. */
export async function makePublishing(
  options: Partial<PublishContext> & { readonly settings?: FeedSettings } = {},
): Promise<Publishing> {
  const store = countingStore(createMemoryStore());
  const { settings = testSettings } = options;
  const changes: AppliedChange[] = [];
  const packages: string[] = [];
  const context: PublishContext = {
    store,
    settings,
    settingsDigest: await idSettingsDigest(settings, digest),
    digest,
    openContent: async ({ id, version, icon }) => {
      packages.push(`open ${id} ${version}`);
      return {
        // An icon is the same whichever package it comes out of.
        body: async (kind) =>
          new TextEncoder().encode(kind === "icon" ? `${icon}` : `${kind} of ${id} ${version}`),
        entries: async () => [],
        close: async () => void packages.push(`close ${id} ${version}`),
      };
    },
    // One after the other, so that the order is the same each time.
    concurrency: 1,
    isVacant: false,
    dryRun: false,
    onChange: (change) => changes.push(change),
    ...options,
  };
  return { store, context, changes, packages, load: partitionReader(context) };
}

/** An id that nothing was written for yet. */
export async function idState(records: readonly StoredRecord[], previous?: IdState): Promise<IdState> {
  const [first] = records;
  const id = previous?.id ?? (first && lowerId(first.id));
  if (id === undefined) throw new Error("a state needs an id");
  return await withRecords(id, previous, records, digest);
}

/** A partition of these ids, wherever their hashes would put them. */
export function partition(...states: readonly IdState[]): Partition {
  return new Map(states.map((state) => [state.id, state]));
}
