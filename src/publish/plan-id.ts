/**
 * Plans what is to be written for one dirty id. Writes nothing.
 */
import type { Digest, DigestBytes } from "../feed/digest.js";
import type { FeedDocument } from "../feed/document.js";
import type { FeedPackage } from "../feed/feed-package.js";
import type { FeedSettings } from "../feed/settings.js";
import type { FeedPath } from "../feed/urls.js";
import { planOutputs, type Write } from "../state/changes.js";
import { type IdState, type Outputs, type StoredRecord, statePackage } from "../state/id-state.js";
import { type IdContent, idContents, idDocuments } from "./documents.js";
import { type IdPage, idPages } from "./site/id-pages.js";

export type ContentWrite = Write<IdContent<StoredRecord>>;
export type PageWrite = Write<IdPage>;
export type DocumentWrite = Write<FeedDocument & { readonly digest: Digest }>;

export interface IdPlan {
  readonly feedPackage: FeedPackage<StoredRecord>;
  /** Rank 0, packages before what comes out of them. */
  readonly contents: readonly ContentWrite[];
  /** Ranks 1 to 3, in this order. */
  readonly documents: readonly DocumentWrite[];
  /** Of the web site. */
  readonly pages: readonly PageWrite[];
  /** The id's state before the first write and after the last one. */
  readonly intended: IdState;
  readonly written: IdState;
}

/** Compares everything that the id wants with what is recorded as written. */
export async function planId(
  state: IdState,
  settings: FeedSettings,
  settingsDigest: Digest,
  digest: DigestBytes,
): Promise<IdPlan> {
  const feedPackage = statePackage(state);
  const contents = idContents(feedPackage, settings);
  const documents = idDocuments(feedPackage, settings);
  const digested = await Promise.all(
    // Spelled out: a feed has tens of thousands of them, and a spread takes several times as long.
    documents.map(async ({ path, rank, contentType, body }) => ({
      path,
      rank,
      contentType,
      body,
      digest: await digest(body),
    })),
  );
  const pages = await idPages(feedPackage, settings, state.recordsDigest, settingsDigest, digest);
  const plan = planOutputs<IdContent<StoredRecord> | (FeedDocument & { digest: Digest }) | IdPage>(
    state.outputs,
    state.obsolete ?? [],
    [...contents, ...digested, ...pages],
  );
  return {
    feedPackage,
    contents: plan.writes.filter((write): write is ContentWrite => "content" in write.output),
    pages: plan.writes.filter((write): write is PageWrite => "page" in write.output),
    documents: plan.writes.filter((write): write is DocumentWrite => "body" in write.output),
    intended: withOutputs(state, plan.intended, state.obsolete ?? []),
    written: {
      ...withOutputs(state, plan.written, plan.obsolete),
      rendered: { records: state.recordsDigest, settings: settingsDigest },
    },
  };
}

function withOutputs(state: IdState, outputs: Outputs, obsolete: readonly FeedPath[]): IdState {
  const { rendered: _, obsolete: __, ...rest } = state;
  return { ...rest, outputs, ...(obsolete.length > 0 && { obsolete }) };
}
