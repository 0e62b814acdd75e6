/**
 * Settles claims of pushes that died: where bytes were replaced and not recorded, what lies there is recorded now.
 */
import { packageDigest } from "../../feed/content.js";
import { feedVersion } from "../../feed/feed-package.js";
import { makeRecord, type PackageRecord } from "../../feed/record.js";
import { type FeedPath, nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { inspectPackage } from "../../nuget/inspect.js";
import type { Claim, IdState, StoredRecord } from "../../state/id-state.js";
import { withRecords } from "../../state/id-state.js";
import { withoutClaim } from "../push/claim.js";
import type { PushContext } from "../push/context.js";
import { changeId } from "../push/partition-change.js";
import { storedSha512, storedSource } from "../stored-content.js";

/** @param before milliseconds since 1970; later claims may still be used */
export function hasDeadClaims({ claims = {} }: IdState, before: number): boolean {
  return Object.values(claims).some((claim) => isDead(claim, before));
}

function isDead({ since }: Claim, before: number): boolean {
  return Date.parse(since) <= before;
}

export async function settleClaims(context: PushContext, state: IdState, before: number): Promise<void> {
  const records = new Map(state.records.map((record) => [String(feedVersion(record).lower), record]));
  for (const [version, claim] of Object.entries(state.claims ?? {})) {
    if (!isDead(claim, before)) continue;
    const record = records.get(version);
    // What lies there unrecorded is named as obsolete already.
    const found = record && (await readReplaced(context, state.id, record));
    await settle(context, state.id, { version, claim, record, found });
  }
}

/** The record of what lies where a version should; `undefined` when that is the version, or nothing. */
async function readReplaced(
  { store, createHash, digest }: PushContext,
  id: LowerId,
  recorded: StoredRecord,
): Promise<PackageRecord | undefined> {
  const path = pathOf(id, recorded);
  const source = await storedSource(store, path);
  if (source === undefined) return undefined;
  const sha512 = await storedSha512(store, path, createHash);
  if (sha512 === recorded.sha512) return undefined;
  return await makeRecord(await inspectPackage(source), { size: source.size, sha512 }, digest);
}

interface Settlement {
  readonly version: string;
  readonly claim: Claim;
  readonly record: StoredRecord | undefined;
  readonly found: PackageRecord | undefined;
}

async function settle(
  context: PushContext,
  id: LowerId,
  { version, claim, record, found }: Settlement,
): Promise<void> {
  await changeId(context, id, async (state) => {
    const { sha512, since } = state?.claims?.[version] ?? {};
    if (state === undefined || sha512 !== claim.sha512 || since !== claim.since)
      return { kind: "leave", result: undefined };
    const settled = withoutClaim(state, version);
    const current = state.records.find(
      (other) => other.sha512 === record?.sha512 && other.version === record.version,
    );
    if (found === undefined || current === undefined)
      return { kind: "write", state: settled, result: undefined };
    const { accepted, origins } = current;
    // What was said of a version that is replaced goes with its bytes.
    const corrected: StoredRecord = { ...found, ...(accepted !== undefined && { accepted }), origins };
    const records = state.records.map((other) => (other === current ? corrected : other));
    const changed = await withRecords(id, settled, records, context.digest, "api");
    const outputs = { ...changed.outputs, [pathOf(id, corrected)]: packageDigest(corrected) };
    return { kind: "write", state: { ...changed, outputs }, result: undefined };
  });
}

function pathOf(id: LowerId, record: PackageRecord): FeedPath {
  return nupkgPath(id, feedVersion(record).lower);
}
