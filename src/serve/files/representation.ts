/**
 * Which representation of a file a request gets: as stored, with other addresses inside, compressed.
 */
import type { ObjectInfo } from "../../store/store.js";
import { acceptsGzip } from "../http/accept.js";
import { SMALLEST_COMPRESSED } from "../http/gzip.js";
import type { BaseUrls } from "./base-urls.js";
import { entityTag } from "./etag.js";
import { isCompressible, mediaType } from "./media-type.js";
import { headersOfPath } from "./path-headers.js";
import { type Rebase, rebaseOf } from "./rebase.js";

/** Compression holds a file in memory; larger ones are streamed as they are. */
const LARGEST_COMPRESSED = 8 * 1024 * 1024;

export interface Representation {
  /** Present when the addresses inside must be replaced. */
  readonly rebase?: Rebase;
  readonly isGzip: boolean;
  /** Its own: no two representations of a file share one. */
  readonly tag: string;
  /** Whatever does not depend on the part that is asked for. */
  readonly headers: Readonly<Record<string, string>>;
}

export function chooseRepresentation(
  request: Request,
  path: string,
  info: ObjectInfo,
  baseUrls: BaseUrls | undefined,
  contentMayChange = false,
): Representation {
  const rebase = baseUrls && rebaseOf(path, baseUrls);
  const mayShrink = canShrink(path, info.size);
  // Parts are of the plain bytes: nobody can do anything with a part of compressed ones.
  const isGzip =
    mayShrink && !request.headers.has("Range") && acceptsGzip(request.headers.get("Accept-Encoding"));
  const tag = entityTag(info.etag, ...(rebase ? [baseUrls.served] : []), ...(isGzip ? ["gzip"] : []));
  const headers = {
    ETag: tag,
    ...(mayShrink && { Vary: "Accept-Encoding" }),
    ...(isGzip && { "Content-Encoding": "gzip" }),
    ...headersOfPath(path, contentMayChange),
  };
  return { ...(rebase && { rebase }), isGzip, tag, headers };
}

function canShrink(path: string, size: number): boolean {
  return isCompressible(mediaType(path)) && size >= SMALLEST_COMPRESSED && size <= LARGEST_COMPRESSED;
}
