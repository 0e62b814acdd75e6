/**
 * Saves the state's index; `recover/recover-index.ts` reads it.
 */
import { STATE_INDEX } from "../state/layout.js";
import { encodeStateIndex, type StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";

export async function saveStateIndex(store: Store, index: StateIndex): Promise<void> {
  await store.put(STATE_INDEX, encodeStateIndex(index), { contentType: "application/json" });
}
