/**
 * Makes the records of an id again whose line in the state is lost: from its packages in the feed, and from what its
 * documents say of them.
 */
import { PackageError } from "../../errors.js";
import { feedVersion } from "../../feed/feed-package.js";
import { type FileIdentity, makeRecord, type PackageRecord } from "../../feed/record.js";
import { nupkgPath, pathOfUrl } from "../../feed/urls.js";
import { base64 } from "../../nuget/base64.js";
import { type LowerId, lowerId } from "../../nuget/id.js";
import { inspectPackage } from "../../nuget/inspect.js";
import { ascending, type IdState, type StoredRecord, withRecords } from "../../state/id-state.js";
import { storedSource } from "../stored-content.js";
import type { RecoverContext } from "./context.js";
import { type PublishedFacts, readPublishedFacts } from "./published-facts.js";

/**
 * @param paths of all files that belong to the id
 * @returns a state that calls no file its own yet, with no record where no package is readable
 */
export async function rebuildId(
  context: RecoverContext,
  id: LowerId,
  paths: readonly string[],
): Promise<IdState> {
  const { store, baseUrl, digest } = context;
  const said = await readPublishedFacts(store, id, (url) => pathOfUrl(baseUrl, url));
  const records: StoredRecord[] = [];
  for (const path of paths.filter((path) => path.endsWith(".nupkg"))) {
    context.signal?.throwIfAborted();
    const record = await readRecord(context, id, path);
    if (record !== undefined) records.push(withWhatWasSaid(record, said));
  }
  const empty = await withRecords(id, undefined, [], digest);
  // What is made again may differ from what was published under that revision, so it gets the next one.
  const previous: IdState = said.revision === undefined ? empty : { ...empty, revision: said.revision };
  return await withRecords(id, previous, ascending(records), digest);
}

/** A file that is no package of this id and of the version in its path is not taken. */
async function readRecord(
  context: RecoverContext,
  id: LowerId,
  path: string,
): Promise<PackageRecord | undefined> {
  const { store, digest } = context;
  const source = await storedSource(store, path);
  const identity = await identify(context, path);
  if (source === undefined || identity === undefined) return undefined;
  try {
    const record = await makeRecord(await inspectPackage(source), identity, digest);
    const isOfId = lowerId(record.id) === id;
    return isOfId && nupkgPath(id, feedVersion(record).lower) === path ? record : undefined;
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}

async function identify(
  { store, createHash, signal }: RecoverContext,
  path: string,
): Promise<FileIdentity | undefined> {
  const found = await store.stream(path, signal && { signal });
  if (found === undefined) return undefined;
  const hash = createHash("sha512");
  const chunks = found.stream.getReader();
  for (let next = await chunks.read(); !next.done; next = await chunks.read()) await hash.update(next.value);
  return { size: found.size, sha512: base64(await hash.digest()) };
}

/**
 * Of an id that was never changed through the API, everything came from the input files, which the next build reads
 * again. A time that the package does not tell is that at which the feed took it.
 */
function withWhatWasSaid(record: PackageRecord, { byVersion, revision }: PublishedFacts): StoredRecord {
  const { published, ...facts } = byVersion.get(feedVersion(record).lower) ?? {};
  const source = revision === undefined ? "input" : "api";
  return {
    ...record,
    ...(published !== undefined && published !== record.entryTime && { accepted: published }),
    ...(Object.keys(facts).length > 0 && { facts: { [source]: facts } }),
    origins: { recovered: [] },
  };
}
