/**
 * A feed that is changed through pushes, without a server: the steps of publishing over any store, with a clock and dice
 * of the test's own.
 */
import { createHash, digest } from "../../src/build/node-hash.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import type { AppliedChange } from "../../src/publish/context.js";
import type { PushContext } from "../../src/publish/push/context.js";
import { type PushResult, publishStaged } from "../../src/publish/push/push.js";
import { stagePackage, unstagePackage } from "../../src/publish/push/stage.js";
import { openStoredContent } from "../../src/publish/stored-content.js";
import { idSettingsDigest } from "../../src/state/feed-file.js";
import type { Store } from "../../src/store/store.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";
import { testSettings } from "./render-feed.js";

export interface PushOptions extends Partial<Omit<PushContext, "isShared">> {
  readonly settings?: FeedSettings;
  /** Whether others write as well, as to an object store; default true. In a folder there is one process that does. */
  readonly isShared?: boolean;
}

/** One writer; several of them over one store are several processes. */
export async function pushContext(store: Store, options: PushOptions = {}): Promise<PushContext> {
  const { settings = testSettings, isShared = true, ...others } = options;
  const changes: AppliedChange[] = [];
  return {
    store,
    settings,
    settingsDigest: await idSettingsDigest(settings, digest),
    digest,
    createHash,
    openContent: async (record) => await openStoredContent(store, record),
    overwrite: "never",
    concurrency: 4,
    isVacant: false,
    ...(isShared && { isShared }),
    dryRun: false,
    onChange: (change) => void changes.push(change),
    now: () => Date.parse("2026-02-03T04:05:06Z"),
    random: Math.random,
    // Others go on meanwhile; how long does not matter.
    wait: async () => await new Promise((resolve) => setImmediate(resolve)),
    ...others,
  };
}

/** Bytes in chunks of this size. */
export async function* chunksOf(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}

/** Stages and publishes a package as a server does. */
export async function push(context: PushContext, options: PackageOptions): Promise<PushResult> {
  return await pushBytes(context, buildPackage(options));
}

export async function pushBytes(context: PushContext, bytes: Uint8Array): Promise<PushResult> {
  const staged = await stagePackage(context, chunksOf(bytes));
  try {
    return await publishStaged(context, staged);
  } finally {
    await unstagePackage(context.store, staged.path);
  }
}
