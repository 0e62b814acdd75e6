/**
 * `add`: takes single package files into a feed, without a look at any folder of packages.
 */
import { FeedError } from "../errors.js";
import { versionKey } from "../feed/feed-package.js";
import type { FeedSettings } from "../feed/settings.js";
import { feedUrl, SERVICE_INDEX } from "../feed/urls.js";
import { isSymbolsPackageName } from "../nuget/symbols.js";
import { type AddedVersions, type Addition, addVersions } from "../publish/add-versions.js";
import type { FeedFile } from "../state/feed-file.js";
import type { OriginFile } from "../state/id-state.js";
import { openFolder } from "../store/fs.js";
import type { Store } from "../store/store.js";
import { createChangeLog } from "./change-log.js";
import { RefusedBuildError } from "./guards.js";
import { createLockUntil, lockedStore, takeLock } from "./lock.js";
import type { AddOptions, AddReport, Problem } from "./options.js";
import { readFeedFile } from "./output-folder.js";
import { createPublishContext } from "./publish-context.js";
import { packageProblem, packageWarnings, readPackage, symbolsNote } from "./read-package.js";

/**
 * Adds packages to the feed in a folder. Files that are no packages are problems, and the others go on.
 *
 * @throws FeedError `feed-missing` when there is no feed yet, `version-exists` when a version is there with other
 * bytes (nothing was written then), `locked`, and failures of the output
 */
export async function add(options: AddOptions): Promise<AddReport> {
  return await addTo(openFolder(options.output), options);
}

/** The same for any store. */
export async function addTo(store: Store, options: Omit<AddOptions, "output">): Promise<AddReport> {
  await readFeed(store);
  const packages = await readPackages(options);
  if (options.strict === true && packages.problems.some(({ severity }) => severity === "problem")) {
    throw new RefusedBuildError(
      "strict",
      "Cannot add packages: problems with --strict; nothing was written",
      packages.problems,
    );
  }
  const changes = createChangeLog(false);
  const { kinds, baseUrl } = await write(store, options, packages, changes.add);
  const { created, replaced, deleted, bytes } = changes.counts();
  return {
    versions: packages.additions.map(({ record: { id, version }, file }, i) => ({
      id,
      version,
      file,
      kind: kinds[i] ?? "exists",
    })),
    created,
    replaced,
    deleted,
    bytes,
    source: feedUrl(baseUrl, SERVICE_INDEX),
    problems: packages.problems,
  };
}

interface ReadPackages {
  readonly additions: readonly Addition[];
  /** Where each version lies, by its key. */
  readonly files: ReadonlyMap<string, OriginFile>;
  readonly problems: readonly Problem[];
}

async function readPackages({
  packages,
  now = new Date(),
}: Omit<AddOptions, "output">): Promise<ReadPackages> {
  const accepted = now.toISOString().replace(/\.\d+Z$/, "+00:00");
  const additions: Addition[] = [];
  const files = new Map<string, OriginFile>();
  const problems: Problem[] = [];
  const symbols = packages.filter(isSymbolsPackageName);
  if (symbols.length > 0) problems.push(symbolsNote(symbols.length));
  for (const file of packages.filter((name) => !isSymbolsPackageName(name))) {
    try {
      const reading = await readPackage(file);
      if (reading.kind === "same") continue;
      additions.push({ record: { ...reading.record, accepted }, file });
      files.set(versionKey(reading.record), { path: file, mtime: reading.mtime });
      problems.push(...packageWarnings(file, reading.warnings));
    } catch (error) {
      problems.push(additionProblem(file, error));
    }
  }
  return { additions, files, problems };
}

/** Other commands take folders; whoever names one here is told which. */
function additionProblem(file: string, error: unknown): Problem {
  const problem = packageProblem(file, error);
  if (problem.code !== "not-a-file") return problem;
  return { ...problem, hint: "name .nupkg files; nupress build reads folders" };
}

/** Nobody else writes in the meantime. */
async function write(
  store: Store,
  options: Omit<AddOptions, "output">,
  { additions, files }: ReadPackages,
  onChange: ReturnType<typeof createChangeLog>["add"],
): Promise<Pick<AddedVersions, "kinds"> & Pick<FeedSettings, "baseUrl">> {
  if (additions.length === 0) return { kinds: [], baseUrl: (await readFeed(store)).settings.baseUrl };
  const until = createLockUntil();
  const lock = await takeLock(store, until, options);
  const locked = lockedStore(store, { until, renew: lock.renew });
  try {
    // Whoever held the lock before may have built the feed for another address.
    const { settings } = await readFeed(store);
    const context = await createPublishContext(locked, {
      settings,
      locate: (record) => files.get(versionKey(record)),
      isVacant: false,
      dryRun: false,
      onChange,
      ...(options.signal && { signal: options.signal }),
    });
    const { kinds } = await addVersions(context, additions, "added");
    await lock.assertHeld();
    return { kinds, baseUrl: settings.baseUrl };
  } finally {
    await lock.release();
  }
}

/** @throws FeedError `feed-missing` when there is none */
async function readFeed(store: Store): Promise<FeedFile> {
  const feedFile = await readFeedFile(store);
  if (feedFile === undefined) throw feedMissing(store);
  return feedFile;
}

function feedMissing(store: Store): FeedError {
  return new FeedError("feed-missing", `Cannot add to "${store.name}": no feed is there`, {
    hint: "make one first: nupress build <packages> --output <dir> --base-url https://example.com/feed/",
  });
}
