/**
 * Puts the bytes of a staged package where the feed has its packages, before anybody is told that they are there.
 */

import { type FeedPath, nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { LowerVersion } from "../../nuget/version.js";
import type { IdState } from "../../state/id-state.js";
import { chunkStream } from "../../store/body.js";
import type { Etag, ObjectInfo, StreamBody } from "../../store/store.js";
import { storedChunks, storedSha512 } from "../stored-content.js";
import { untilDone } from "./attempts.js";
import type { PushContext } from "./context.js";
import { STAGING_LIFETIME, type StagedPackage } from "./stage.js";

export interface ContentRequest {
  readonly id: LowerId;
  readonly version: LowerVersion;
  readonly staged: StagedPackage;
  /** The id as it was found; its standing version, if there is one, may be overwritten. */
  readonly state: IdState | undefined;
}

/**
 * - `put`: the bytes lie there with this etag.
 * - `replaced`: the same, in the place of others.
 * - `taken`: another push put other bytes there and may still be under way.
 */
export type ContentResult =
  | { readonly kind: "put" | "replaced"; readonly etag: Etag }
  | { readonly kind: "taken" };

/**
 * What lies there unrecorded is of a push that died, or of a version that was deleted: equal bytes are taken as they
 * are, others are replaced once nobody can be about to record them.
 */
export async function putContent(context: PushContext, request: ContentRequest): Promise<ContentResult> {
  const { store, signal } = context;
  const path = nupkgPath(request.id, request.version);
  const { record } = request.staged;
  const body: StreamBody = {
    size: record.size,
    stream: () => chunkStream(storedChunks(store, request.staged.path)),
  };
  const put = async (condition: { ifAbsent: true } | { ifMatch: Etag }) =>
    await store.put(path, body, {
      condition,
      contentType: "application/octet-stream",
      ...(signal && { signal }),
    });
  return await untilDone(context, `write "${path}"`, async (): Promise<ContentResult | undefined> => {
    const created = await put({ ifAbsent: true });
    if (created.kind === "stored") return { kind: "put", etag: created.etag };
    const standing = await store.stat(path);
    if (standing === undefined) return undefined;
    if (
      standing.size === record.size &&
      (await storedSha512(store, path, context.createHash)) === record.sha512
    )
      return { kind: "put", etag: standing.etag };
    if (!mayReplace(context, request, path, standing)) return { kind: "taken" };
    const replaced = await put({ ifMatch: standing.etag });
    return replaced.kind === "stored" ? { kind: "replaced", etag: replaced.etag } : undefined;
  });
}

/** Whether nobody can be about to record what lies there. */
function mayReplace(
  { now }: PushContext,
  { state }: ContentRequest,
  path: FeedPath,
  { modified }: ObjectInfo,
): boolean {
  if (state?.outputs[path] !== undefined || state?.obsolete?.includes(path) === true) return true;
  return modified !== undefined && modified < now() - STAGING_LIFETIME;
}
