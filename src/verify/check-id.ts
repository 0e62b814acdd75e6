/**
 * Checks everything that a feed has of one id.
 */
import type { Digest } from "../feed/digest.js";
import type { FeedDocument } from "../feed/document.js";
import { HIVES } from "../feed/hive.js";
import type { FeedSettings } from "../feed/settings.js";
import { FLAT_CONTAINER, hiveFolder, pathOfUrl } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { idContents, idDocuments } from "../publish/documents.js";
import { mapLimit } from "../publish/map-limit.js";
import { idPages } from "../publish/site/id-pages.js";
import { type IdState, isDirty, outputPaths, statePackage } from "../state/id-state.js";
import { partitionOf, partitionPath } from "../state/layout.js";
import { isSafePath } from "../store/path.js";
import { checkPages } from "./check-pages.js";
import { checkContent } from "./checks/content.js";
import { type CheckedDocument, checkDocument, valueOf } from "./checks/document.js";
import { checkLinks } from "./checks/links.js";
import { checkObsolete, checkOutputs, countUnderWay, type WantedMark } from "./checks/outputs.js";
import { checkPackage } from "./checks/package.js";
import { checkRegistrations } from "./checks/registration.js";
import type { VerifyContext } from "./context.js";
import type { FeedFolders, FeedView } from "./feed-view.js";
import type { Finding } from "./finding.js";

export interface IdCheck {
  readonly settings: FeedSettings;
  readonly settingsDigest: Digest;
  readonly isQuick: boolean;
  /** Whether the state is known to be what was saved. */
  readonly isAsSaved: boolean;
}

export interface CheckedId {
  readonly findings: readonly Finding[];
  /** Every path that belongs to the id. */
  readonly paths: readonly string[];
  readonly documents: number;
  /** Bytes of packages that were hashed. */
  readonly bytes: number;
}

/** Where this program puts what belongs to ids. */
const ownFolders: FeedFolders = {
  flatContainer: FLAT_CONTAINER,
  hives: HIVES.map(({ folder }) => hiveFolder(folder)),
};

export async function checkId(context: VerifyContext, check: IdCheck, state: IdState): Promise<CheckedId> {
  const { id } = state;
  const feedPackage = statePackage(state);
  const { settings, settingsDigest } = check;
  const contents = idContents(feedPackage, settings);
  const documents = idDocuments(feedPackage, settings);
  const pages = await idPages(feedPackage, settings, state.recordsDigest, settingsDigest, context.digest);
  const wanted = [...contents, ...documents, ...pages].map(({ path }): string => path);
  const recorded = new Set<string>([...outputPaths(state.outputs), ...(state.obsolete ?? [])]);
  const files = await mapLimit(contents, context.concurrency, async (file) =>
    file.content === "nupkg"
      ? await checkPackage(context, id, file, check.isQuick)
      : { findings: await checkContent(context, id, file, recorded.has(file.path)), bytes: 0 },
  );
  const checked = await mapLimit(documents, context.concurrency, async (document) => ({
    path: document.path,
    isJson: document.contentType === "application/json",
    ...(await checkDocument(context, document, recorded.has(document.path), id)),
  }));
  const broken = new Set(files.flatMap(({ findings }) => findings).map(({ path }) => path));
  const pageFindings = await checkPages(context, { ...check, recorded, broken }, state, pages);
  const found = [...[...files, ...checked].flatMap(({ findings }) => findings), ...pageFindings];
  const marks = await documentMarks(context, check, documents);
  return {
    findings: [
      ...found,
      ...(await checkAsStranger(context, settings, id, new Set(wanted), checked)),
      ...checkState(state, check, [...contents, ...marks, ...pages], found),
    ],
    paths: [...new Set([...wanted, ...recorded])],
    documents: documents.length + pages.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** A state that is as it was saved holds the digests of what was rendered, so they need no second look. */
async function documentMarks(
  { digest }: VerifyContext,
  { isAsSaved }: IdCheck,
  documents: readonly FeedDocument[],
): Promise<WantedMark[]> {
  const marks: WantedMark[] = [];
  for (const { path, body } of documents) {
    marks.push(isAsSaved ? { path } : { path, digest: await digest(body) });
  }
  return marks;
}

/**
 * What the documents say to somebody who knows nothing of the state. Where all of them are what the records give, they
 * agree with each other, and their links lead to files that were looked at: only others are read again.
 */
async function checkAsStranger(
  { reader }: VerifyContext,
  { baseUrl }: FeedSettings,
  id: LowerId,
  wanted: ReadonlySet<string>,
  documents: readonly (CheckedDocument & { readonly path: string; readonly isJson: boolean })[],
): Promise<Finding[]> {
  if (documents.every(({ findings }) => findings.length === 0)) return [];
  const parsed = documents.filter(({ isJson }) => isJson);
  const values = new Map(parsed.map((document) => [document.path, valueOf(document)?.value]));
  const view: FeedView = {
    pathOf: (url) => pathOfUrl(baseUrl, url),
    read: async (path) => values.get(path),
    exists: async (path) => wanted.has(path) || (isSafePath(path) && (await reader.size(path)) !== undefined),
  };
  const findings = await checkRegistrations(view, ownFolders, id);
  for (const { path } of parsed) findings.push(...(await checkLinks(view, path, values.get(path))));
  return findings.map((finding) => ({ ...finding, id }));
}

/** What the state says of the id's files, once it says that it is done with them. */
function checkState(
  state: IdState,
  { settingsDigest }: IdCheck,
  wanted: readonly WantedMark[],
  found: readonly Finding[],
): Finding[] {
  const { id, outputs, obsolete } = state;
  const left = checkObsolete(obsolete, id);
  if (!isDirty(state, settingsDigest) && countUnderWay(outputs) === 0) {
    return [...checkOutputs(outputs, wanted, id), ...left];
  }
  // A repair leaves an id unfinished when it lacks a package, so that the next build puts it back.
  if (found.some(({ kind }) => kind === "package-missing" || kind === "package-differs")) return left;
  const reason = `says that "${id}" is not finished`;
  return [{ kind: "unfinished", path: partitionPath(partitionOf(id)), id, reason }, ...left];
}
