/**
 * Which feed a command is about: the folder that was named, else the output in the settings.
 */
import type { CommandInput } from "./command.js";
import type { Settings } from "./config/settings.js";
import { usageError } from "./usage-error.js";

/** @throws FeedError `usage` when there is no folder, or more than one */
export function feedFolder(command: string, { positionals }: CommandInput, { output }: Settings): string {
  const [named, ...more] = positionals;
  if (more.length > 0) throw usageError(`nupress ${command} takes one folder`);
  const folder = named ?? output;
  if (folder === undefined)
    throw usageError("no folder was named", `name the output of a build: nupress ${command} public`);
  return folder;
}
