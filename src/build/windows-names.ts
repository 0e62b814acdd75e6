/**
 * Ids that Windows cannot store: device names, also with anything behind a dot.
 */
import type { LowerId } from "../nuget/id.js";

const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;

/** Whether a folder of this id cannot be made on that platform (a value of `process.platform`). */
export function isReservedName(id: LowerId, platform: string): boolean {
  return platform === "win32" && deviceName.test(id);
}
