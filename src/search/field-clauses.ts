/**
 * The `field:value` parts of a question (protocol.md §5.3).
 */
import { lowerId, parsePackageId } from "../nuget/id.js";
import { lowerVersion, parseVersion } from "../nuget/version.js";
import { AUTHORS, DESCRIPTION, ID, OWNERS, TAGS, TITLE } from "./fields.js";
import { visibleVersions } from "./filters.js";
import { foldText } from "./fold-text.js";
import type { QueryField } from "./parse-query.js";
import type { IndexedDocument, IndexedEntry, SearchIndex, VersionMode } from "./search-index.js";
import { isStopWord } from "./stop-words.js";
import { type DocumentNumber, documentOf, fieldsOf } from "./word-table.js";
import { textWords } from "./words.js";

/** One field with all its values. */
export type Clause =
  /** Those that have one of the values. */
  | { readonly kind: "documents"; readonly documents: readonly DocumentNumber[] }
  /** Versions are not in the index; they are compared where everything else fits. */
  | { readonly kind: "test"; readonly accepts: (entry: IndexedEntry) => boolean };

/** One clause for each field that is asked for; all of them must hold. */
export function fieldClauses(
  index: SearchIndex,
  fields: ReadonlyMap<QueryField, readonly string[]>,
  mode: VersionMode,
): Clause[] {
  return [...fields].map(([field, values]): Clause => {
    if (field === "version") return { kind: "test", accepts: versionTest(values, mode) };
    const documents = values.flatMap((value) => finders[field](index, value, mode));
    return { kind: "documents", documents };
  });
}

type FindDocuments = (index: SearchIndex, value: string, mode: VersionMode) => DocumentNumber[];

const finders: Readonly<Record<Exclude<QueryField, "version">, FindDocuments>> = {
  packageid: findById,
  id: (index, value) => findWords(index, textWords(value), ID),
  title: (index, value) => findWords(index, textWords(value), TITLE),
  description: findInDescription,
  summary: findInDescription,
  author: (index, value) => findWords(index, textWords(value), AUTHORS),
  tags: findTags,
  owner: findOwner,
};

function findById({ entries }: SearchIndex, value: string, mode: VersionMode): DocumentNumber[] {
  const id = parsePackageId(value);
  const shown = id && entries.get(lowerId(id))?.shown[mode];
  return shown === undefined ? [] : [shown.document];
}

/** Documents that hold all words in the field. */
function findWords({ words }: SearchIndex, wanted: readonly string[], field: number): DocumentNumber[] {
  let found: DocumentNumber[] | undefined;
  for (const word of wanted) {
    const holders = (words.words.get(word) ?? [])
      .filter((posting) => (fieldsOf(posting) & field) !== 0)
      .map(documentOf);
    found = found === undefined ? holders : intersect(found, holders);
  }
  return found ?? [];
}

function intersect(a: readonly DocumentNumber[], b: readonly DocumentNumber[]): DocumentNumber[] {
  const inB = new Set(b);
  return a.filter((document) => inB.has(document));
}

/** Words that say nothing are not kept of descriptions. */
function findInDescription(index: SearchIndex, value: string): DocumentNumber[] {
  const words = textWords(value).filter((word) => !isStopWord(word));
  return findWords(index, words, DESCRIPTION);
}

/** Tags are compared whole; a value may name several, all of which are wanted. */
function findTags(index: SearchIndex, value: string): DocumentNumber[] {
  const wanted = value
    .split(/[\s,|;]+/)
    .filter((tag) => tag !== "")
    .map(foldText);
  const words = wanted.flatMap(textWords);
  return findWords(index, words, TAGS).filter((document) => {
    const { tags = [] } = documentAt(index, document)?.latest ?? {};
    return wanted.every((wantedTag) => tags.some((tag) => tag === wantedTag || foldText(tag) === wantedTag));
  });
}

function findOwner(index: SearchIndex, value: string): DocumentNumber[] {
  const wanted = foldText(value);
  return findWords(index, textWords(value), OWNERS).filter((document) =>
    documentAt(index, document)?.latest.owners?.some((owner) => foldText(owner) === wanted),
  );
}

function documentAt({ documents }: SearchIndex, document: DocumentNumber): IndexedDocument | undefined {
  return documents[document];
}

function versionTest(values: readonly string[], mode: VersionMode): (entry: IndexedEntry) => boolean {
  const wanted = new Set(values.map(comparableVersion).filter((version) => version !== undefined));
  return (entry) =>
    wanted.size > 0 &&
    visibleVersions(entry, mode).some(({ version }) => wanted.has(withoutMetadata(version)));
}

function comparableVersion(text: string): string | undefined {
  const version = parseVersion(text);
  return version && lowerVersion(version);
}

/** Entries hold versions in their full form, which is the normalized one with metadata behind it. */
function withoutMetadata(full: string): string {
  return full.replace(/\+.*$/, "").toLowerCase();
}
