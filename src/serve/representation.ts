/**
 * Which representation of a file a request gets: as stored, with other addresses inside, compressed.
 */
import type { ObjectInfo } from "../store/store.js";
import { acceptsGzip } from "./accept.js";
import { entityTag } from "./etag.js";
import { isCompressible, mediaType } from "./media-type.js";
import { isGeneratedJson, isPackageContent } from "./path-kind.js";

/** Smaller bodies do not shrink by more than the headers of compression cost. */
const SMALLEST_COMPRESSED = 1024;

/** Compression holds a file in memory; larger ones are streamed as they are. */
const LARGEST_COMPRESSED = 8 * 1024 * 1024;

/** Clients keep lists for half an hour anyway; whoever asks twice shall see a new version at once. */
const SHORT_LIVED = "public, max-age=10";
const IMMUTABLE = "public, max-age=31536000, immutable";

/** Addresses in generated documents begin with `recorded` and shall begin with `served`; both end in `/`. */
export interface BaseUrls {
  readonly recorded: string;
  readonly served: string;
}

export interface Representation {
  /** Present when the addresses inside must be replaced. */
  readonly rebase?: BaseUrls;
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
): Representation {
  const isMoved = baseUrls !== undefined && baseUrls.recorded !== baseUrls.served && isGeneratedJson(path);
  const rebase = isMoved ? baseUrls : undefined;
  const mayShrink = canShrink(path, info.size);
  // Parts are of the plain bytes: nobody can do anything with a part of compressed ones.
  const isGzip =
    mayShrink && !request.headers.has("Range") && acceptsGzip(request.headers.get("Accept-Encoding"));
  const tag = entityTag(info.etag, ...(rebase ? [rebase.served] : []), ...(isGzip ? ["gzip"] : []));
  const headers = {
    ETag: tag,
    ...(mayShrink && { Vary: "Accept-Encoding" }),
    ...(isGzip && { "Content-Encoding": "gzip" }),
    ...cacheHeaders(path),
  };
  return { ...(rebase && { rebase }), isGzip, tag, headers };
}

function canShrink(path: string, size: number): boolean {
  return isCompressible(mediaType(path)) && size >= SMALLEST_COMPRESSED && size <= LARGEST_COMPRESSED;
}

/** What came out of packages must not run as a page of this origin, whatever a browser takes it for. */
function cacheHeaders(path: string): Readonly<Record<string, string>> {
  return isPackageContent(path)
    ? { "Cache-Control": IMMUTABLE, "Content-Security-Policy": "sandbox" }
    : { "Cache-Control": SHORT_LIVED };
}
