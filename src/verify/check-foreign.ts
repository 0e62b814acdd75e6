/**
 * Checks a feed of which there is no state, such as one of another tool: only what its own documents promise.
 */

import { listOf, parseJson, textOf } from "../feed/parsed-json.js";
import { SERVICE_INDEX } from "../feed/urls.js";
import { type LowerId, lowerId, parsePackageId } from "../nuget/id.js";
import { mapLimit } from "../publish/map-limit.js";
import { isSafePath } from "../store/path.js";
import { checkLinks } from "./checks/links.js";
import { checkRegistrations } from "./checks/registration.js";
import { checkServiceIndex } from "./checks/service-index.js";
import type { VerifyContext } from "./context.js";
import type { FeedFolders, FeedView } from "./feed-view.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";

export interface CheckedForeignFeed {
  readonly findings: readonly Finding[];
  readonly ids: number;
  readonly documents: number;
}

/** Where tools put the service index. */
const indexPaths = [SERVICE_INDEX, "index.json"];

/** @returns `undefined` when there is no service index at all */
export async function checkForeign(context: VerifyContext): Promise<CheckedForeignFeed | undefined> {
  for (const path of indexPaths) {
    const { document, findings } = await readDocument(context, path);
    if (findings.some(({ kind }) => kind === "document-missing")) continue;
    return document === undefined
      ? { findings, ids: 0, documents: 1 }
      : await checkFrom(context, path, document);
  }
  return undefined;
}

async function checkFrom(
  context: VerifyContext,
  path: string,
  serviceIndex: unknown,
): Promise<CheckedForeignFeed> {
  const pathOf = addressReader(path, serviceIndex);
  const view: FeedView = { pathOf, ...readerOf(context, new Map(), []) };
  const { findings, folders } = checkServiceIndex(view, path, serviceIndex);
  if (folders === undefined) return { findings, ids: 0, documents: 1 };
  const ids = await listIds(context, folders);
  const checked = await mapLimit(ids, context.concurrency, async (id) => {
    context.signal?.throwIfAborted();
    return await checkId(context, pathOf, folders, id);
  });
  return {
    findings: [...findings, ...checked.flatMap((id) => id.findings)],
    ids: ids.length,
    documents: checked.reduce((sum, id) => sum + id.documents, 1),
  };
}

async function checkId(
  context: VerifyContext,
  pathOf: FeedView["pathOf"],
  folders: FeedFolders,
  id: LowerId,
): Promise<CheckedForeignFeed> {
  const documents = new Map<string, unknown>();
  const findings: Finding[] = [];
  const view: FeedView = { pathOf, ...readerOf(context, documents, findings) };
  const found = await checkRegistrations(view, folders, id);
  for (const [path, document] of documents) found.push(...(await checkLinks(view, path, document)));
  // A hive that leaves versions out may have none of this id.
  const mayLack = new Set(folders.hives.slice(1).map((hive) => `${hive}${id}/index.json`));
  const lacks = findings.filter(({ kind, path }) => kind !== "document-missing" || !mayLack.has(path));
  return { findings: [...lacks, ...found], ids: 1, documents: documents.size };
}

/** Reads each document once, and tells those that are missing or no JSON. */
function readerOf(
  context: VerifyContext,
  documents: Map<string, unknown>,
  findings: Finding[],
): Pick<FeedView, "read" | "exists"> {
  return {
    read: async (path) => {
      // Left to whoever follows the link.
      if (!isSafePath(path)) return undefined;
      const read = await readDocument(context, path);
      findings.push(...read.findings);
      documents.set(path, read.document);
      return read.document;
    },
    exists: async (path) =>
      documents.has(path) || (isSafePath(path) && (await context.reader.size(path)) !== undefined),
  };
}

interface ReadDocument {
  readonly document?: unknown;
  readonly findings: readonly Finding[];
}

async function readDocument({ reader }: VerifyContext, path: string): Promise<ReadDocument> {
  const found = await reading(path, undefined, () => reader.read(path));
  if (found.kind === "missing") return { findings: [{ kind: "document-missing", path }] };
  if (found.kind === "unreadable") return { findings: [found.finding] };
  const parsed = parseJson(found.object);
  if (parsed === undefined) return { findings: [{ kind: "document-damaged", path, reason: "is no JSON" }] };
  return { document: parsed.value, findings: [] };
}

/**
 * Addresses are taken to begin where the longest folder begins that the flat container and the hives share: tools put the
 * service index there.
 */
function addressReader(path: string, serviceIndex: unknown): FeedView["pathOf"] {
  const urls = (listOf(serviceIndex, "resources") ?? [])
    .filter((resource) => /^(?:PackageBaseAddress|RegistrationsBaseUrl)/.test(textOf(resource, "@type")))
    .map((resource) => textOf(resource, "@id"));
  const base = commonFolder(urls);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return (url) =>
    base === "" || !url.startsWith(base) ? undefined : folder + decode(url.slice(base.length));
}

function commonFolder([first = "", ...others]: readonly string[]): string {
  let length = first.replace(/\/$/, "").lastIndexOf("/") + 1;
  for (const other of others) {
    while (length > 0 && !other.startsWith(first.slice(0, length))) {
      length = first.lastIndexOf("/", length - 2) + 1;
    }
  }
  return first.slice(0, length);
}

function decode(path: string): string {
  const withoutFragment = path.replace(/[#?].*$/s, "");
  try {
    return decodeURI(withoutFragment);
  } catch {
    return withoutFragment;
  }
}

/** Of everything that has files in the flat container. */
async function listIds({ reader }: VerifyContext, { flatContainer }: FeedFolders): Promise<LowerId[]> {
  const ids = new Set<LowerId>();
  if (!isSafePath(`${flatContainer}x`)) return [];
  for await (const path of reader.list(flatContainer)) {
    const [text = "", ...file] = path.slice(flatContainer.length).split("/");
    const id = file.length === 0 ? undefined : parsePackageId(text);
    if (id !== undefined && lowerId(id) === text) ids.add(lowerId(id));
  }
  return [...ids].sort();
}
