/**
 * The context of changes through the API that every server has in common, whatever the store is.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { PushContext } from "../../publish/push/context.js";
import { openStoredContent } from "../../publish/stored-content.js";
import { idSettingsDigest } from "../../state/feed-file.js";
import type { Store } from "../../store/store.js";

/** What differs from server to server. */
export interface PushSetup
  extends Pick<
    PushContext,
    "settings" | "overwrite" | "createHash" | "concurrency" | "isShared" | "refuseRecord"
  > {
  readonly digest: DigestBytes;
}

export async function createPushContext(store: Store, setup: PushSetup): Promise<PushContext> {
  return {
    ...setup,
    store,
    settingsDigest: await idSettingsDigest(setup.settings, setup.digest),
    openContent: async (record) => await openStoredContent(store, record),
    isVacant: false,
    dryRun: false,
    onChange: () => {},
    now: () => Date.now(),
    random: Math.random,
    wait,
  };
}

/** Lets so many milliseconds pass. */
export async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
