/**
 * Looks whether a pushed package is still what its record says. Between the time when its bytes were put there and the
 * time when its version was recorded, somebody else may have put others.
 */
import { packageDigest } from "../../feed/content.js";
import { feedVersion } from "../../feed/feed-package.js";
import { makeRecord, type PackageRecord } from "../../feed/record.js";
import { nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { inspectPackage } from "../../nuget/inspect.js";
import { type IdState, type StoredRecord, withRecords } from "../../state/id-state.js";
import { packageMissing, storedSha512, storedSource } from "../stored-content.js";
import type { PushContext } from "./context.js";
import { changeId } from "./partition-change.js";

/**
 * Brings records in line with what lies there.
 *
 * @returns whether they were; `false` after a change, so that the caller looks again
 * @throws FeedError `package-missing`
 */
export async function confirmContents(context: PushContext, state: IdState): Promise<boolean> {
  for (const [lower, etag] of Object.entries(state.unconfirmed ?? {})) {
    const version = state.records.map((record) => feedVersion(record)).find((v) => v.lower === lower);
    if (version === undefined) continue;
    const path = nupkgPath(state.id, version.lower);
    const standing = await context.store.stat(path);
    if (standing === undefined) throw packageMissing(context.store, path);
    if (standing.etag === etag) continue;
    await correctRecord(context, state.id, version.record, await readRecord(context, path), standing.etag);
    return false;
  }
  return true;
}

async function readRecord(context: PushContext, path: string): Promise<PackageRecord> {
  const { store, createHash, digest } = context;
  const source = await storedSource(store, path);
  if (source === undefined) throw packageMissing(store, path);
  const sha512 = await storedSha512(store, path, createHash);
  return await makeRecord(await inspectPackage(source), { size: source.size, sha512 }, digest);
}

async function correctRecord(
  context: PushContext,
  id: LowerId,
  recorded: StoredRecord,
  found: PackageRecord,
  etag: string,
): Promise<void> {
  const { lower } = feedVersion(recorded);
  await changeId(context, id, async (state) => {
    const current = state?.records.find((record) => feedVersion(record).lower === lower);
    if (state === undefined || current?.sha512 !== recorded.sha512)
      return { kind: "leave", result: undefined };
    const { accepted, facts, origins } = current;
    const corrected: StoredRecord = {
      ...found,
      ...(accepted !== undefined && { accepted }),
      ...(facts && { facts }),
      origins,
    };
    const records = state.records.map((record) => (record === current ? corrected : record));
    const changed = await withRecords(id, state, records, context.digest, "api");
    const outputs = { ...state.outputs, [nupkgPath(id, lower)]: packageDigest(found) };
    const unconfirmed = { ...state.unconfirmed, [lower]: etag };
    return { kind: "write", state: { ...changed, outputs, unconfirmed }, result: undefined };
  });
}
