/**
 * What this store needs of the binding that Workers have for an R2 bucket, and of the runtime around it. Only the shape is
 * said here, so that the package needs no types of Cloudflare's, and every version of theirs fits.
 */

export interface R2Object {
  readonly key: string;
  /** Bytes of the whole object. */
  readonly size: number;
  /** Without quotes: the MD5 of the bytes, or of those of the parts, with `-` and their number, after an upload in parts. */
  readonly etag: string;
  readonly uploaded: Date;
}

export interface R2ObjectBody extends R2Object {
  readonly body: ReadableStream<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface R2WriteOptions {
  readonly httpMetadata?: { readonly contentType?: string };
}

export interface R2PutOptions extends R2WriteOptions {
  /** Etags without quotes; `*` is any. */
  readonly onlyIf?: { readonly etagMatches?: string; readonly etagDoesNotMatch?: string };
}

export interface R2Objects {
  readonly objects: readonly R2Object[];
  readonly truncated: boolean;
  readonly cursor?: string;
}

export interface R2UploadedPart {
  readonly partNumber: number;
  readonly etag: string;
}

export interface R2MultipartUpload {
  /** Part numbers begin with 1. All parts but the last have the same size, 5 MiB at least. */
  uploadPart(partNumber: number, bytes: Uint8Array): Promise<R2UploadedPart>;
  complete(parts: R2UploadedPart[]): Promise<R2Object>;
  abort(): Promise<void>;
}

/** A bucket as Workers see it; `null` is a missing object or a condition that failed. */
export interface R2Bucket {
  head(key: string): Promise<R2Object | null>;
  get(
    key: string,
    options?: { readonly range?: { readonly offset: number; readonly length: number } },
  ): Promise<R2ObjectBody | null>;
  /** A stream must have a known length: {@link FixedLengthStream}. */
  put(
    key: string,
    value: Uint8Array | ReadableStream<Uint8Array>,
    options?: R2PutOptions,
  ): Promise<R2Object | null>;
  delete(key: string): Promise<void>;
  /** At most 1,000 objects, in the order of their keys. */
  list(options?: { readonly prefix?: string; readonly cursor?: string }): Promise<R2Objects>;
  createMultipartUpload(key: string, options?: R2WriteOptions): Promise<R2MultipartUpload>;
}

/** A global of the Workers runtime: what is written comes out again, and fails unless it is exactly that many bytes. */
export type FixedLengthStream = new (size: number) => TransformStream<Uint8Array, Uint8Array>;
