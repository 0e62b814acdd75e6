/**
 * Says in the state of an id which of its files must be written again, so that publishing writes just those.
 */
import { FeedError } from "../../errors.js";
import type { FeedPath } from "../../feed/urls.js";
import { type IdContent, idContents, idDocuments } from "../../publish/documents.js";
import { idPages } from "../../publish/site/id-pages.js";
import { type IdState, type OutputMark, type StoredRecord, statePackage } from "../../state/id-state.js";
import { packagePath, soundOpener, tryRender } from "../check-pages.js";
import { holdsContent } from "../checks/content.js";
import type { Finding } from "../finding.js";
import type { RepairContext } from "./repair-context.js";

export interface MendedId {
  /** Not rendered; what must be written is marked. */
  readonly state: IdState;
  /** Files that cannot be made again, because a package is gone or wrong. */
  readonly unmendable: readonly UnmendableFile[];
}

export interface UnmendableFile {
  readonly path: FeedPath;
  /** Whose packages are gone or wrong. */
  readonly records: readonly StoredRecord[];
}

/**
 * Files without a finding are recorded as they should be: they were looked at. So are those that cannot be made again,
 * since publishing must not try.
 */
export async function mendId(
  context: RepairContext,
  state: IdState,
  findings: readonly Finding[],
): Promise<MendedId> {
  const { settings, settingsDigest, digest } = context.publish;
  const wrong = new Set(findings.filter(({ kind }) => wrongBytes.has(kind)).map(({ path }) => path));
  const feedPackage = statePackage(state);
  const outputs: Record<FeedPath, OutputMark> = { ...state.outputs };
  const unmendable: UnmendableFile[] = [];
  for (const content of idContents(feedPackage, settings)) {
    const isWrong = wrong.has(content.path);
    const canMake = isWrong && (await canMakeAgain(context, content));
    if (isWrong && !canMake) unmendable.push({ path: content.path, records: [content.record] });
    outputs[content.path] = canMake ? "?" : content.digest;
  }
  for (const { path, body } of idDocuments(feedPackage, settings)) {
    outputs[path] = wrong.has(path) ? "?" : await digest(body);
  }
  const broken = brokenPackages(findings);
  const openContent = soundOpener(context.publish.openContent, broken);
  for (const page of await idPages(feedPackage, settings, state.recordsDigest, settingsDigest, digest)) {
    const isWrong = wrong.has(page.path);
    const canMake = isWrong && (await tryRender(settings, state, page, openContent)) !== undefined;
    const records = state.records.filter((record) => broken.has(packagePath(record)));
    if (isWrong && !canMake) unmendable.push({ path: page.path, records });
    outputs[page.path] = canMake ? "?" : page.digest;
  }
  const { rendered: _, ...unrendered } = state;
  return { state: { ...unrendered, outputs }, unmendable };
}

/** Kinds that say that the bytes at their path are not what they should be. */
const wrongBytes: ReadonlySet<Finding["kind"]> = new Set([
  "document-missing",
  "document-damaged",
  "document-differs",
  "package-missing",
  "package-differs",
  "content-missing",
  "content-differs",
]);

function brokenPackages(findings: readonly Finding[]): ReadonlySet<string> {
  const kinds: readonly Finding["kind"][] = ["package-missing", "package-differs", "file-unreadable"];
  return new Set(findings.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => path));
}

/** Whether the bytes that the record promises can be had. */
async function canMakeAgain(
  { verify, publish }: RepairContext,
  file: IdContent<StoredRecord>,
): Promise<boolean> {
  if (file.content === "nupkg") return false;
  if (file.content === "sha512") return true;
  try {
    const content = await publish.openContent(file.record);
    try {
      const body = await content.body(file.content);
      return body instanceof Uint8Array && (await holdsContent(verify, file, body));
    } finally {
      await content.close();
    }
  } catch (error) {
    if (error instanceof FeedError) return false;
    throw error;
  }
}
