/**
 * Looks at the output folder before a build: is it apart from the sources, and is it a feed of ours, or none yet?
 */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../errors.js";
import type { FeedSettings } from "../feed/settings.js";
import { ROOT_PAGES, SITE_ID_FOLDERS } from "../feed/site-urls.js";
import { SERVICE_INDEX } from "../feed/urls.js";
import { foreignFile } from "../publish/foreign-file.js";
import { hasPartitions } from "../publish/partition-store.js";
import type { DamagedFile } from "../publish/recover/set-aside.js";
import { decodeFeedFile, type FeedFile } from "../state/feed-file.js";
import { FEED_FILE, STATE_INDEX } from "../state/layout.js";
import type { StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";

/**
 * A feed inside its own sources would be taken for packages by the next build.
 *
 * @throws FeedError `folders-overlap`
 */
export async function assertApart(output: string, folders: readonly string[]): Promise<void> {
  const outputPath = await resolvedPath(output);
  for (const folder of folders) {
    const sourcePath = await resolvedPath(folder);
    if (isWithin(outputPath, sourcePath) || isWithin(sourcePath, outputPath)) {
      throw new FeedError(
        "folders-overlap",
        `Cannot build into "${output}": it lies inside the packages folder "${folder}", or that inside it`,
        { hint: "choose an output folder beside the packages folder" },
      );
    }
  }
}

/** Links resolved as far as the path exists. */
async function resolvedPath(folder: string): Promise<string> {
  const absolute = path.resolve(folder);
  try {
    return await realpath(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(await resolvedPath(parent), path.basename(absolute));
  }
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

/**
 * Reads what the output says of itself.
 *
 * @throws FeedError `foreign-feed` when another tool's feed, or one whose state was lost, lies there
 */
export async function readFeedFile(store: Store): Promise<FeedFile | undefined> {
  const object = await store.read(FEED_FILE);
  if (object !== undefined) return decodeFeedFile(object.bytes);
  if ((await store.stat(SERVICE_INDEX)) === undefined) return undefined;
  throw new FeedError(
    "foreign-feed",
    `Cannot build into "${store.name}": a feed is there that nupress has no state of ("${FEED_FILE}" is missing)`,
    { hint: "choose another output folder, restore feed-state, or delete the feed that is there" },
  );
}

/**
 * Pages of somebody's own, where a site would have its own. Found out before anything is written.
 *
 * @throws FeedError `foreign-file`
 */
export async function refuseOwnPages(
  store: Store,
  { site }: FeedSettings,
  { outputs, obsolete = [] }: StateIndex,
): Promise<void> {
  if (site === undefined) return;
  for (const path of ROOT_PAGES) {
    if (outputs[path] !== undefined || obsolete.includes(path)) continue;
    if ((await store.stat(path)) === undefined) continue;
    throw foreignFile(store, path, "move that file away, choose another output folder, or use --no-site");
  }
}

/** Whether nothing lies where feeds have files of ids. */
export async function isVacant(store: Store): Promise<boolean> {
  for (const folder of ["v3/", ...SITE_ID_FOLDERS]) for await (const _ of store.list(folder)) return false;
  return true;
}

export interface RecoveredFeedFile {
  readonly file?: FeedFile;
  readonly damage?: DamagedFile;
}

/**
 * Like {@link readFeedFile} for a build, which brings its own settings: where only the note of them is lost, the rest of
 * the state still tells that the feed is ours.
 *
 * @throws FeedError `foreign-feed`, `state-newer`
 */
export async function recoverFeedFile(store: Store): Promise<RecoveredFeedFile> {
  try {
    const file = await readFeedFile(store);
    return file === undefined ? {} : { file };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const info = await store.stat(FEED_FILE);
    if (error.code === "foreign-feed" && (await hasOtherState(store))) {
      return { damage: { path: FEED_FILE, reasons: ["is not there"] } };
    }
    if (error.code !== "state-corrupt" || info === undefined) throw error;
    return { damage: { path: FEED_FILE, reasons: ["is not what nupress writes"], etag: info.etag } };
  }
}

async function hasOtherState(store: Store): Promise<boolean> {
  if ((await store.stat(STATE_INDEX)) !== undefined) return true;
  return await hasPartitions(store);
}
