/**
 * Puts the bytes of a staged package where the feed has its packages, before anybody is told that they are there.
 */
import { FeedError } from "../../errors.js";
import { nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import { chunkStream } from "../../store/body.js";
import type { Condition, Etag, StreamBody } from "../../store/store.js";
import { storedChunks, storedSha512 } from "../stored-content.js";
import { claimContent } from "./claim.js";
import type { PushContext } from "./context.js";
import type { StagedPackage } from "./stage.js";

export interface ContentRequest {
  readonly id: LowerId;
  readonly version: LowerVersion;
  readonly staged: StagedPackage;
  /** Whether the version is recorded, and may be overwritten. */
  readonly isRecorded: boolean;
}

/**
 * - `put`: the bytes lie there with this etag.
 * - `taken`: others lie there, of a push that may still be under way.
 * - `overtaken`: somebody else changed something meanwhile.
 */
export type ContentResult =
  | { readonly kind: "put"; readonly etag: Etag }
  | { readonly kind: "taken" | "overtaken" };

/**
 * What lies there unrecorded is of a push that died, or of a version that was deleted: equal bytes are taken as they
 * are, others are replaced once nobody can be about to record them.
 */
export async function putContent(context: PushContext, request: ContentRequest): Promise<ContentResult> {
  const { id, version, isRecorded } = request;
  const { record } = request.staged;
  const path = nupkgPath(id, version);
  if (!isRecorded) {
    const created = await putStaged(context, path, request.staged, { ifAbsent: true });
    if (created !== undefined) return { kind: "put", etag: created };
  }
  const standing = await context.store.stat(path);
  const isSame = standing?.size === record.size && (await holds(context, path, record.sha512));
  const isGone = isSame === undefined || (standing === undefined && !isRecorded);
  if (isGone) return { kind: "overtaken" };
  if (isSame && !isRecorded) return { kind: "put", etag: standing.etag };
  const claim = await claimContent(context, { id, version, record, path, standing });
  if (claim !== "claimed") return { kind: claim };
  if (isSame) return { kind: "put", etag: standing.etag };
  const condition: Condition = standing === undefined ? { ifAbsent: true } : { ifMatch: standing.etag };
  const etag = await putStaged(context, path, request.staged, condition);
  return etag === undefined ? { kind: "overtaken" } : { kind: "put", etag };
}

/** @returns `undefined` when nothing lies there any more */
async function holds(
  { store, createHash }: PushContext,
  path: string,
  sha512: string,
): Promise<boolean | undefined> {
  try {
    return (await storedSha512(store, path, createHash)) === sha512;
  } catch (error) {
    if (error instanceof FeedError && error.code === "package-missing") return undefined;
    throw error;
  }
}

/** @returns `undefined` where the condition does not hold */
async function putStaged(
  { store, signal }: PushContext,
  path: string,
  staged: StagedPackage,
  condition: Condition,
): Promise<Etag | undefined> {
  const body: StreamBody = {
    size: staged.record.size,
    stream: () => chunkStream(storedChunks(store, staged.path)),
  };
  const options = { condition, contentType: "application/octet-stream", ...(signal && { signal }) };
  const result = await store.put(path, body, options);
  return result.kind === "stored" ? result.etag : undefined;
}
