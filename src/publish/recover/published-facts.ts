/**
 * What the documents of an id say of its versions that no package holds. Where the records are lost, this is the last
 * place to learn that a version was unlisted: without it a repair would list it again.
 */
import { FeedError } from "../../errors.js";
import type { Facts } from "../../feed/facts.js";
import { parseFacts } from "../../feed/parse-facts.js";
import { listOf, parseJson, property, textOf } from "../../feed/parsed-json.js";
import { registrationIndexPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { type LowerVersion, lowerVersion, parseVersion } from "../../nuget/version.js";
import type { Store } from "../../store/store.js";

export interface PublishedFacts {
  /** Of the id, if it was ever changed through the API. */
  readonly revision?: number;
  readonly byVersion: ReadonlyMap<LowerVersion, Facts>;
}

/** @param pathOf the path that an address leads to */
export async function readPublishedFacts(
  store: Store,
  id: LowerId,
  pathOf: (url: string) => string | undefined,
): Promise<PublishedFacts> {
  const index = await readDocument(store, registrationIndexPath("registration", id));
  const byVersion = new Map<LowerVersion, Facts>();
  for (const page of listOf(index, "items") ?? []) {
    const isInlined = property(page, "items") !== undefined;
    const path = pathOf(textOf(page, "@id"));
    const document = isInlined || path === undefined ? page : await readDocument(store, path);
    for (const leaf of listOf(document, "items") ?? []) {
      const entry = property(leaf, "catalogEntry");
      const version = parseVersion(textOf(entry, "version"));
      if (version !== undefined) byVersion.set(lowerVersion(version), entryFacts(entry));
    }
  }
  const revision = property(index, "revision");
  return { byVersion, ...(typeof revision === "number" && { revision }) };
}

async function readDocument(store: Store, path: string): Promise<unknown> {
  const object = await store.read(path);
  return object && parseJson(object.bytes)?.value;
}

/** Each fact for itself: one that makes no sense leaves the others alone. */
function entryFacts(entry: unknown): Facts {
  const isListed = property(entry, "listed") !== false;
  return {
    ...(!isListed && { listed: false }),
    // The time of an unlisted version is hidden.
    ...(isListed && entryFact(entry, "published")),
    ...entryFact(entry, "deprecation"),
    ...entryFact(entry, "vulnerabilities"),
  };
}

function entryFact(entry: unknown, name: keyof Facts): Facts {
  const value = property(entry, name);
  try {
    return parseFacts({ [name]: value }, { refuse, passOver: () => {} });
  } catch (error) {
    if (error instanceof FeedError) return {};
    throw error;
  }
}

function refuse(reason: string): FeedError {
  return new FeedError("facts-invalid", reason);
}
