/**
 * A repair between two verifications, under the lock of the feed.
 */
import { createLockUntil, lockedStore, takeLock } from "../../build/lock.js";
import { openStoredContent } from "../../publish/stored-content.js";
import { idSettingsDigest } from "../../state/feed-file.js";
import { LOCK_FILE } from "../../state/layout.js";
import type { Etag, Store } from "../../store/store.js";
import type { VerifyContext } from "../context.js";
import { isRepairable, type Repairable, repairFeed } from "../repair/repair.js";
import type { RepairContext } from "../repair/repair-context.js";
import type { Verification } from "../verify.js";
import type { StoreVerifyOptions } from "./options.js";

/** Writes under way at once. */
const CONCURRENCY = 16;

export interface RepairedFeed {
  readonly before: Verification;
  /** The same as `before` when there was nothing to repair. */
  readonly after: Verification;
}

/**
 * The lock is taken only when there is something to repair. Where somebody else wrote in between, the feed is looked at
 * again.
 */
export async function repairUnderLock(
  store: Store,
  context: VerifyContext,
  options: StoreVerifyOptions,
  look: () => Promise<Verification>,
): Promise<RepairedFeed> {
  const etags = await stateEtags(store);
  const before = await look();
  if (!isRepairable(before)) return { before, after: before };
  const until = createLockUntil();
  const lock = await takeLock(store, until, options);
  try {
    const current = etags === (await stateEtags(store)) ? before : await look();
    if (!isRepairable(current)) return { before, after: current };
    const repair = await repairContext(lockedStore(store, { until, renew: lock.renew }), context, current);
    await repairFeed(repair, current, (done, total) =>
      options.onProgress?.({ phase: "repair", done, total }),
    );
    await lock.assertHeld();
    return { before, after: await look() };
  } finally {
    await lock.release();
  }
}

/** Tells whether somebody wrote to the state. */
async function stateEtags(store: Store): Promise<string> {
  const etags: [path: string, etag: Etag][] = [];
  for await (const { path, etag } of store.list("feed-state/")) {
    if (path !== LOCK_FILE) etags.push([path, etag]);
  }
  return JSON.stringify(etags.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function repairContext(
  store: Store,
  verify: VerifyContext,
  { settings }: Repairable,
): Promise<RepairContext> {
  const { createHash, digest, signal } = verify;
  return {
    verify,
    recover: { store, baseUrl: settings.baseUrl, createHash, digest, ...(signal && { signal }) },
    publish: {
      store,
      settings,
      settingsDigest: await idSettingsDigest(settings, digest),
      digest,
      openContent: async (record) => await openStoredContent(store, record),
      concurrency: CONCURRENCY,
      isVacant: false,
      dryRun: false,
      onChange: () => {},
      ...(signal && { signal }),
    },
  };
}
