/**
 * Deletes documents of the whole feed that nothing points to any more, one run after the run that took them out of use:
 * readers may still be on their way to them.
 */
import type { StateIndex } from "../../state/state-index.js";
import type { PushContext } from "../push/context.js";
import { saveStateIndex } from "../state-index-store.js";

/**
 * @param before the index as the run found it
 * @param index as it is now
 */
export async function sweepFeedFiles(
  { store, onChange }: PushContext,
  before: StateIndex,
  index: StateIndex,
): Promise<void> {
  const expired = new Set(before.obsolete);
  const { obsolete = [], ...rest } = index;
  const left = obsolete.filter((path) => !expired.has(path));
  if (left.length === obsolete.length) return;
  for (const path of obsolete.filter((path) => expired.has(path))) {
    await store.delete(path);
    onChange({ kind: "delete", path, size: 0 });
  }
  await saveStateIndex(store, { ...rest, ...(left.length > 0 && { obsolete: left }) });
}
