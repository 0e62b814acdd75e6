/**
 * Makes the records of an id again whose line in the state is lost: from its packages in the feed, and from what its
 * documents say of them.
 */
import { PackageError } from "../../errors.js";
import type { Facts } from "../../feed/facts.js";
import { feedPackage, feedVersion } from "../../feed/feed-package.js";
import { makeRecord, type PackageRecord } from "../../feed/record.js";
import { contentFolder, nupkgPath, pathOfUrl } from "../../feed/urls.js";
import { type LowerId, lowerId } from "../../nuget/id.js";
import { inspectPackage } from "../../nuget/inspect.js";
import { storedSource } from "../../publish/stored-content.js";
import { type IdState, type OriginName, type StoredRecord, withRecords } from "../../state/id-state.js";
import { hashPackage, measurePackage } from "../checks/package.js";
import { type PublishedFacts, readPublishedFacts } from "./published-facts.js";
import type { RepairContext } from "./repair-context.js";

/**
 * @param origin that the versions are taken to have come from
 * @returns a state that calls no file its own yet; `undefined` when no package is readable
 */
export async function rebuildId(
  context: RepairContext,
  id: LowerId,
  origin: OriginName,
): Promise<IdState | undefined> {
  const { reader, digest } = context.verify;
  const { baseUrl } = context.publish.settings;
  const facts = await readPublishedFacts(reader, id, (url) => pathOfUrl(baseUrl, url));
  const records: StoredRecord[] = [];
  for await (const path of reader.list(contentFolder(id))) {
    const record = path.endsWith(".nupkg") ? await readRecord(context, id, path) : undefined;
    if (record !== undefined) records.push(withWhatWasSaid(record, path, origin, facts));
  }
  if (records.length === 0) return undefined;
  const ascending = feedPackage(id, records).versions.map(({ record }) => record);
  const state = await withRecords(id, undefined, ascending, digest);
  return facts.revision === undefined ? state : { ...state, revision: facts.revision };
}

/** A file that is no package of this id and of the version in its path is not taken. */
async function readRecord(
  { verify, publish }: RepairContext,
  id: LowerId,
  path: string,
): Promise<PackageRecord | undefined> {
  const found = await measurePackage(verify, path);
  const identity = found && (await hashPackage(verify, path, found.size));
  const source = await storedSource(publish.store, path);
  if (source === undefined || identity?.sha512 === undefined) return undefined;
  const { size, sha512 } = identity;
  try {
    const record = await makeRecord(await inspectPackage(source), { size, sha512 }, verify.digest);
    const isOfId = lowerId(record.id) === id;
    return isOfId && nupkgPath(id, feedVersion(record).lower) === path ? record : undefined;
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}

/**
 * Of an id that was never changed through the API, everything came from the input files, which the next build reads
 * again. The file of a folder is one that no folder has, so that the next build of that folder finds it moved or gone.
 */
function withWhatWasSaid(
  record: PackageRecord,
  path: string,
  origin: OriginName,
  { byVersion, revision }: PublishedFacts,
): StoredRecord {
  const { published, ...said } = byVersion.get(feedVersion(record).lower) ?? {};
  const isFolder = origin.startsWith("folder:");
  const isKnown = published === undefined || published === record.entryTime;
  const facts: Facts = { ...said, ...(isFolder && !isKnown && { published }) };
  const source = revision === undefined ? "input" : "api";
  return {
    ...record,
    ...(!isFolder && !isKnown && { accepted: published }),
    ...(Object.keys(facts).length > 0 && { facts: { [source]: facts } }),
    origins: { [origin]: isFolder ? [{ path, mtime: 0 }] : [] },
  };
}
