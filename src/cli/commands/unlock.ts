/**
 * `nupress unlock`: takes away the lock of a writer that is known to be gone.
 */
import { FeedError } from "../../errors.js";
import { breakLease, type LeaseFile } from "../../publish/lease.js";
import { FEED_FILE, LOCK_FILE } from "../../state/layout.js";
import { openFolder } from "../../store/fs.js";
import type { Store } from "../../store/store.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  verbosityOf,
} from "../command.js";
import { DONE, type ExitCode } from "../exit-code.js";
import { usageError } from "../usage-error.js";

export const unlockCommand: CommandSpec = {
  name: "unlock",
  positional: { usage: "[folder]", name: "folder", describe: "Folder of a feed" },
  describe: "Take away the lock of a feed whose writer is known to be gone",
  flags: outputFlags,
  examples: [{ line: "nupress unlock public", describe: "Let the next build write at once" }],
  run: runUnlock,
};

async function runUnlock(input: CommandInput, { terminal }: CommandContext): Promise<ExitCode> {
  const [folder, ...more] = input.positionals;
  if (folder === undefined || more.length > 0) throw usageError("nupress unlock takes one folder");
  const store = openFolder(folder);
  await assertFeed(store);
  const broken = await breakLease(store);
  if (broken !== undefined) await store.tidy();
  const { json, quiet } = verbosityOf(input);
  if (json) terminal.result(JSON.stringify({ output: folder, wasLocked: broken !== undefined, ...broken }));
  else if (!quiet)
    terminal.result(broken === undefined ? `"${folder}" was not locked` : lockText(folder, broken));
  return DONE;
}

/** A first build that was killed may have left its lock and nothing else. */
async function assertFeed(store: Store): Promise<void> {
  for (const path of [FEED_FILE, LOCK_FILE]) if ((await store.stat(path)) !== undefined) return;
  throw new FeedError("feed-missing", `Cannot unlock "${store.name}": no feed is there`, {
    hint: "name the output of a build: nupress unlock public",
  });
}

function lockText(folder: string, { holder, since }: LeaseFile): string {
  return `Unlocked "${folder}", which process ${holder.pid} on ${holder.host} held since ${since}`;
}
