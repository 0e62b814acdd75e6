/**
 * Work that blocks leaves the process deaf: signals arrive only when its event loop turns.
 */
import { setImmediate } from "node:timers/promises";

/** Waits until whatever has arrived was handled; takes some microseconds. */
export async function letSignalsIn(): Promise<void> {
  await setImmediate();
}
