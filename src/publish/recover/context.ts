/**
 * What it takes to make lost state again.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { CreateHash } from "../../nuget/hash.js";
import type { Store } from "../../store/store.js";

export interface RecoverContext {
  readonly store: Store;
  /** Under which the documents were made that still lie there. */
  readonly baseUrl: string;
  readonly createHash: CreateHash;
  readonly digest: DigestBytes;
  readonly signal?: AbortSignal;
}
