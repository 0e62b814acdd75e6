/**
 * The state's index in a store.
 */
import { STATE_INDEX } from "../state/layout.js";
import { decodeStateIndex, EMPTY_INDEX, encodeStateIndex, type StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";

/** The index, empty when there is none yet. */
export async function loadStateIndex(store: Store): Promise<StateIndex> {
  const object = await store.read(STATE_INDEX);
  return object === undefined ? EMPTY_INDEX : decodeStateIndex(object.bytes);
}

export async function saveStateIndex(store: Store, index: StateIndex): Promise<void> {
  await store.put(STATE_INDEX, encodeStateIndex(index), { contentType: "application/json" });
}
