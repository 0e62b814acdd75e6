/**
 * Checks what belongs to the whole feed: the index of the state, and the documents that are made from all ids.
 */
import type { FeedDocument } from "../feed/document.js";
import { shardBits } from "../feed/search-shard.js";
import type { FeedSettings } from "../feed/settings.js";
import { isFeedSitePath } from "../feed/site-urls.js";
import { isShardPath, pathOfUrl, SEARCH_ANSWER, SERVICE_INDEX, SHARD_INDEX } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { fixedDocuments, recentEntries, shardDocuments, shardGroups } from "../publish/feed-documents.js";
import { salvagePartition } from "../publish/recover/salvage.js";
import type { PackageLines } from "../site/package-line.js";
import { feedSettingsDigest } from "../state/feed-file.js";
import { type PartitionNumber, partitionPath, STATE_INDEX } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import { isSafePath } from "../store/path.js";
import { checkPackageLines, isMadeOfLines, wantedSite } from "./check-site.js";
import { checkDocument, valueOf } from "./checks/document.js";
import { checkLinks } from "./checks/links.js";
import { checkObsolete, checkOutputs, countUnderWay, type WantedMark } from "./checks/outputs.js";
import { checkRows } from "./checks/rows.js";
import { checkSearchAnswer } from "./checks/search-answer.js";
import { checkServiceIndex } from "./checks/service-index.js";
import type { VerifyContext } from "./context.js";
import type { FeedView } from "./feed-view.js";
import type { Finding } from "./finding.js";

export interface FeedCheck {
  readonly settings: FeedSettings;
  readonly index: StateIndex | undefined;
  /** As the index should have them, ascending. */
  readonly rows: readonly PartitionRow[];
  /** Partitions of which not every line can be trusted. */
  readonly unsound: ReadonlySet<PartitionNumber>;
  /** The lines of ids in search shards. */
  readonly lines: ReadonlyMap<PartitionNumber, readonly (readonly [LowerId, string])[]>;
  /** From which the pages of the whole feed are made. */
  readonly siteLines: PackageLines;
}

export interface CheckedFeed {
  readonly findings: readonly Finding[];
  /** Every path that belongs to the whole feed. */
  readonly paths: readonly string[];
  readonly documents: number;
}

export async function checkFeed(context: VerifyContext, check: FeedCheck): Promise<CheckedFeed> {
  const { index, rows, unsound } = check;
  const findings: Finding[] = index === undefined ? [] : checkRows(index.rows, rows, unsound);
  const bits = wantedBits(check);
  const marks: WantedMark[] = [];
  const values = new Map<string, unknown>();
  for await (const document of wantedDocuments(context, check, bits)) {
    const { path, contentType, body } = document;
    const checked = await checkDocument(context, document, isOurs(check, path));
    findings.push(...checked.findings.filter(({ kind }) => isCertain(check, path, kind)));
    marks.push({ path, digest: await context.digest(body) });
    if (checked.findings.length > 0)
      values.set(path, contentType === "application/json" ? valueOf(checked)?.value : undefined);
  }
  findings.push(...(await checkAsStranger(context, check, values)));
  if (index !== undefined) findings.push(...(await checkIndex(context, check, index, bits, marks)));
  const recorded = index === undefined ? [] : [...Object.keys(index.outputs), ...(index.obsolete ?? [])];
  return {
    findings,
    paths: [...marks.map(({ path }) => path), ...recorded],
    documents: marks.length,
  };
}

/** What ids would have given that cannot be read is not known, and neither is which pages there would be. */
function isCertain({ index, unsound }: FeedCheck, path: string, kind: Finding["kind"]): boolean {
  if (unsound.size === 0) return true;
  if (isMadeOfLines(path) && (index === undefined || !Object.hasOwn(index.outputs, path))) return false;
  return kind !== "document-differs" || !isMadeOfIds(path);
}

function isMadeOfIds(path: string): boolean {
  return isShardPath(path) || path === SHARD_INDEX || path === SEARCH_ANSWER || isMadeOfLines(path);
}

/** Without an index, what lies at the feed's own paths is taken for its own. */
function isOurs({ index, settings }: FeedCheck, path: string): boolean {
  if (index === undefined)
    return path.startsWith("v3/") || (settings.site !== undefined && isFeedSitePath(path));
  return Object.hasOwn(index.outputs, path) || (index.obsolete ?? []).some((left) => left === path);
}

/** How many ids there are is not known while some cannot be read. */
function wantedBits({ index, rows, unsound }: FeedCheck): number {
  const bits = shardBits(rows.reduce((sum, { ids }) => sum + ids, 0));
  return unsound.size === 0 ? bits : (index?.shardBits ?? bits);
}

/** One group of shards at a time. */
async function* wantedDocuments(
  context: VerifyContext,
  { settings, rows, lines, siteLines }: FeedCheck,
  bits: number,
): AsyncGenerator<FeedDocument> {
  for (const group of shardGroups(bits)) {
    const groupLines = new Map(group.partitions.flatMap((partition) => lines.get(partition) ?? []));
    yield* shardDocuments(group, bits, groupLines);
  }
  const searchLines = new Map([...lines.values()].flat());
  const site = await wantedSite(context.digest, settings, siteLines, searchLines);
  yield* site.documents;
  const load = async (partition: PartitionNumber): Promise<Partition> => await loadSound(context, partition);
  yield* fixedDocuments(settings, bits, await recentEntries(settings, rows, load), site.hasWords);
}

/** Its lines were looked at before. */
async function loadSound({ reader, digest }: VerifyContext, partition: PartitionNumber): Promise<Partition> {
  const bytes = await reader.read(partitionPath(partition));
  if (bytes === undefined) return new Map();
  return (await salvagePartition(partition, bytes, true, digest)).ids;
}

/**
 * What documents say that are not what the records give; the links of others lead to files that are looked at anyway.
 *
 * @param values of those documents, by path
 */
async function checkAsStranger(
  { reader }: VerifyContext,
  { settings }: FeedCheck,
  values: ReadonlyMap<string, unknown>,
): Promise<Finding[]> {
  const view: FeedView = {
    pathOf: (url) => pathOfUrl(settings.baseUrl, url),
    read: async (path) => values.get(path),
    exists: async (path) =>
      isServed(path) || values.has(path) || (isSafePath(path) && (await reader.size(path)) !== undefined),
  };
  const serviceIndex = values.get(SERVICE_INDEX);
  const answer = values.get(SEARCH_ANSWER);
  return [
    ...(serviceIndex === undefined ? [] : checkServiceIndex(view, SERVICE_INDEX, serviceIndex).findings),
    ...(answer === undefined ? [] : checkSearchAnswer(SEARCH_ANSWER, answer)),
    ...(await checkLinks(view, SERVICE_INDEX, serviceIndex)),
    ...(await checkLinks(view, SEARCH_ANSWER, answer)),
  ];
}

/** A dynamic part may live below the feed's own address; what it serves is no file. */
function isServed(path: string): boolean {
  return !path.slice(path.lastIndexOf("/")).includes(".");
}

async function checkIndex(
  context: VerifyContext,
  { settings, unsound, siteLines }: FeedCheck,
  index: StateIndex,
  bits: number,
  marks: readonly WantedMark[],
): Promise<Finding[]> {
  const obsolete = checkObsolete(index.obsolete);
  const isCurrent = index.settings === (await feedSettingsDigest(settings, context.digest));
  if (!isCurrent || countUnderWay(index.outputs) > 0) {
    const reason = "says that the documents of the whole feed are not finished";
    return [{ kind: "unfinished", path: STATE_INDEX, reason }, ...obsolete];
  }
  // What ids would have given that cannot be read is not known.
  if (unsound.size > 0) return obsolete;
  const lines = await checkPackageLines(context, settings, index, siteLines);
  const outputs = [...lines, ...checkOutputs(index.outputs, marks)];
  if (index.shardBits === bits) return [...outputs, ...obsolete];
  const reason = `says that search shards are named by ${String(index.shardBits)} bits instead of ${bits}`;
  return [{ kind: "state-outdated", path: STATE_INDEX, reason }, ...outputs, ...obsolete];
}
