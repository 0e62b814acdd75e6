/**
 * Claims: before a push replaces bytes that lie there already, it says so in the state. Of several that want to, one has
 * the claim, and nobody records the version without it until it is used or has run out. So no bytes are ever recorded that
 * somebody else is about to replace.
 *
 * Bytes that are put where nothing lay need no claim: nobody replaces them without one.
 */
import type { PackageRecord } from "../../feed/record.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import { type Claim, type IdState, withRecords } from "../../state/id-state.js";
import { withObsolete } from "../../state/obsolete.js";
import type { ObjectInfo } from "../../store/store.js";
import type { PushContext } from "./context.js";
import { changeId } from "./partition-change.js";
import { STAGING_LIFETIME } from "./stage.js";
import { findVersion, mayOverwrite } from "./standing-version.js";

export interface ClaimRequest {
  readonly id: LowerId;
  readonly version: LowerVersion;
  readonly record: PackageRecord;
  readonly path: FeedPath;
  /** What lies at the path, if anything does. */
  readonly standing: ObjectInfo | undefined;
}

/**
 * - `claimed`: the bytes may be replaced.
 * - `taken`: they are of somebody who may still be about to record them.
 * - `overtaken`: what the caller knew of the version holds no longer.
 */
export type ClaimResult = "claimed" | "taken" | "overtaken";

/** @throws FeedError `sweeping`, `state-corrupt`, `lost-race` */
export async function claimContent(context: PushContext, request: ClaimRequest): Promise<ClaimResult> {
  const { id, version, record, path } = request;
  return await changeId<ClaimResult>(context, id, async (state) => {
    const recorded = findVersion(state, record);
    if (recorded !== undefined && !mayOverwrite(context.overwrite, recorded, record))
      return { kind: "leave", result: "overtaken" };
    const other = liveClaim(state, version, context.now());
    if (other !== undefined && other.sha512 !== record.sha512) return { kind: "leave", result: "taken" };
    if (recorded === undefined && !isAbandoned(context, state, request))
      return { kind: "leave", result: "taken" };
    const claim: Claim = { sha512: record.sha512, since: new Date(context.now()).toISOString() };
    const before = state ?? (await withRecords(id, undefined, [], context.digest, "api"));
    const claimed = { ...before, claims: { ...before.claims, [version]: claim } };
    // Should the push die now, the file is found by its name in the state.
    const isNamed = before.outputs[path] !== undefined;
    return {
      kind: "write",
      state: isNamed ? claimed : withObsolete(claimed, [path], context.now()),
      result: "claimed",
    };
  });
}

/** The claim on a version, if whoever has it may still use it. */
export function liveClaim(state: IdState | undefined, version: LowerVersion, now: number): Claim | undefined {
  const claim = state?.claims?.[version];
  return claim !== undefined && Date.parse(claim.since) > now - STAGING_LIFETIME ? claim : undefined;
}

/** @param version in lower case */
export function withoutClaim(state: IdState, version: string): IdState {
  const { claims = {}, ...rest } = state;
  const left = Object.entries(claims).filter(([claimed]) => claimed !== version);
  return left.length === 0 ? rest : { ...rest, claims: Object.fromEntries(left) };
}

/** Whether nobody can be about to record what lies there: a version that was deleted, or a push that died. */
function isAbandoned(
  { now }: PushContext,
  state: IdState | undefined,
  { path, standing }: ClaimRequest,
): boolean {
  if (state?.outputs[path] !== undefined || state?.obsolete?.includes(path) === true) return true;
  return standing?.modified !== undefined && standing.modified < now() - STAGING_LIFETIME;
}
