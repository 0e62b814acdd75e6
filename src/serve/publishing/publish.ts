/**
 * Publishing (protocol.md §7): push, unlist or delete, relist.
 */
import { recordVersion } from "../../feed/feed-package.js";
import { type LowerId, lowerId, type PackageId, parsePackageId } from "../../nuget/id.js";
import { lowerVersion, type NuGetVersion, normalizedVersion, parseVersion } from "../../nuget/version.js";
import type { AuditLine } from "../../publish/audit.js";
import { changePublished, type PublishedChange } from "../../publish/push/change-version.js";
import type { PushContext } from "../../publish/push/context.js";
import { publishStaged } from "../../publish/push/push.js";
import { type StagedPackage, stagePackage, unstagePackage } from "../../publish/push/stage.js";
import type { VersionChange } from "../../state/change-version.js";
import { ANONYMOUS, type Scope } from "../auth/api-key.js";
import type { Gate } from "../auth/gate.js";
import { isForeignRequest } from "../http/foreign-request.js";
import type { RequestEnvironment } from "../http/request-origin.js";
import { brokenAnswer, doneAnswer, failedAnswer, refusedAnswer } from "./answers.js";
import { packageChunks } from "./package-body.js";
import type { Publishing } from "./publishing.js";

export interface PublishOptions {
  readonly publishing: Publishing;
  readonly gate: Gate;
  /** Told of failures, of which clients learn no more than that there was one. */
  readonly onError: (error: unknown, request: Request) => void;
}

/** A request to change the feed, and what is known of it. */
export interface PublishRequest {
  readonly request: Request;
  readonly environment: RequestEnvironment;
}

/** PUT: the package in the body. */
export async function answerPush(options: PublishOptions, asked: PublishRequest): Promise<Response> {
  return await answering(options, asked, async () => {
    const { publishing } = options;
    // Asked before the body is read: whoever may push nothing at all need not send it.
    const admission = await admit(options, asked, "push");
    if (admission.kind === "turned-away") return admission.response;
    const { signal } = asked.request;
    return await publishing.limit.run(async () => {
      const context = await publishing.context();
      const limits = { limit: publishing.largestBody, stall: publishing.stall, signal };
      const staged = await stagePackage(context, packageChunks(asked.request, limits));
      try {
        return await publish(options, asked, context, staged);
      } finally {
        await unstagePackage(context.store, staged.path);
      }
    }, signal);
  });
}

async function publish(
  options: PublishOptions,
  asked: PublishRequest,
  context: PushContext,
  staged: StagedPackage,
): Promise<Response> {
  const { record, warnings } = staged;
  const id = lowerId(record.id);
  const admission = await admit(options, asked, "push", id);
  if (admission.kind === "turned-away") return admission.response;
  const version = normalizedVersion(recordVersion(record));
  const line = { id: record.id, version, key: admission.name, sha512: record.sha512 };
  const onAccepted: PushContext["onAccepted"] = async (kind) =>
    await noteChange(options, asked, { action: kind === "replaced" ? "overwrite" : "push", ...line });
  const { publishing } = options;
  const result = await publishing.run(
    async () => await publishStaged({ ...context, onAccepted }, staged),
    id,
  );
  if (result.kind === "exists") {
    if (result.finished !== undefined) publishing.onChanged(result.finished);
    const message = `The feed has ${record.id} ${version} already`;
    return refusedAnswer(409, "version-exists", `${message}; give the package another version`);
  }
  publishing.onChanged(result.state);
  return doneAnswer(
    201,
    warnings.map((warning) => `${record.id} ${version}: ${warning}`),
  );
}

/** DELETE: unlists the version, or takes it away, as the feed is set up. */
export async function answerDelete(
  options: PublishOptions,
  asked: PublishRequest,
  id: string,
  version: string,
): Promise<Response> {
  return await answerChange(options, asked, options.publishing.deletion, id, version);
}

/** POST with id and version. */
export async function answerRelist(
  options: PublishOptions,
  asked: PublishRequest,
  id: string,
  version: string,
): Promise<Response> {
  return await answerChange(options, asked, "relist", id, version);
}

interface NamedVersion {
  readonly id: PackageId;
  readonly key: LowerId;
  readonly version: NuGetVersion;
}

async function answerChange(
  options: PublishOptions,
  asked: PublishRequest,
  change: VersionChange,
  idText: string,
  versionText: string,
): Promise<Response> {
  return await answering(options, asked, async () => {
    const named = nameVersion(idText, versionText);
    const scope: Scope = change === "delete" ? "delete" : "unlist";
    const admission = await admit(options, asked, scope, named?.key);
    if (admission.kind === "turned-away") return admission.response;
    if (named === undefined) return unknownVersion(idText, versionText);
    const { publishing } = options;
    const version = normalizedVersion(named.version);
    const line = { action: change, id: named.id, version, key: admission.name };
    const onAccepted = async (): Promise<void> => await noteChange(options, asked, line);
    const context = { ...(await publishing.context()), onAccepted };
    const result = await publishing.run(
      async () => await changePublished(context, named.key, lowerVersion(named.version), change),
      named.key,
    );
    if (result.kind === "changed") publishing.onChanged(result.state);
    return changeAnswer(result, change, named.id, version);
  });
}

/** Ids in any letter case, versions in any spelling that means the same (protocol.md §7.1). */
function nameVersion(idText: string, versionText: string): NamedVersion | undefined {
  const id = parsePackageId(idText);
  const version = parseVersion(versionText);
  return id === undefined || version === undefined ? undefined : { id, key: lowerId(id), version };
}

/** What is as it should be already counts as done. */
function changeAnswer(result: PublishedChange, change: VersionChange, id: string, version: string): Response {
  if (result.kind === "changed" || result.kind === "unchanged")
    return doneAnswer(change === "relist" ? 200 : 204);
  if (result.kind === "unknown") return unknownVersion(id, version);
  if (result.kind === "by-file") {
    const reason = `whether ${id} ${version} is listed is set in the packages folder, in packages.json`;
    return refusedAnswer(409, "set-by-file", `Cannot ${change}: ${reason}; change it there`);
  }
  const reason = `the packages folder "${result.origin.replace(/^folder:/, "")}" holds ${id} ${version}`;
  return refusedAnswer(
    409,
    "held-by-folder",
    `Cannot delete: ${reason}, and the next build would bring it back; unlist it, or delete it there`,
  );
}

function unknownVersion(id: string, version: string): Response {
  return refusedAnswer(404, "version-unknown", `The feed has no ${id} ${version}`);
}

type Admitted = Awaited<ReturnType<Gate>>;

async function admit(
  { gate, publishing }: PublishOptions,
  { request, environment }: PublishRequest,
  scope: Scope,
  id?: LowerId,
): Promise<Admitted> {
  const admission = await gate(request.headers, { scope, ...(id && { id }) }, environment.origin.address);
  const { notes } = environment;
  if (admission.name !== undefined) notes.user = admission.name;
  if (admission.kind === "turned-away") notes.note = `key ${admission.reason}`;
  const isOpen = admission.kind === "admitted" && admission.name === ANONYMOUS;
  if (!isOpen || (publishing.isOpenWithoutKeys && !isForeignRequest(request))) return admission;
  const message = "This server takes changes without a key only from programs on this machine";
  return { kind: "turned-away", response: refusedAnswer(403, "foreign-request", message), reason: "missing" };
}

/**
 * A change is made once it is in the state, whatever becomes of its documents, so that its line is written then. A log that
 * cannot be written does not undo it.
 */
async function noteChange(
  { publishing, onError }: PublishOptions,
  { request, environment }: PublishRequest,
  change: Pick<AuditLine, "action" | "id" | "version" | "key" | "sha512">,
): Promise<void> {
  const { address, requestId } = environment.origin;
  const line: AuditLine = {
    time: new Date().toISOString(),
    ...change,
    ...(address !== "" && { address }),
    request: requestId,
  };
  await publishing.audit(line).catch((error: unknown) => onError(error, request));
}

/** Every failure has an answer, and those that are nobody's fault but ours are told to whoever runs the server. */
async function answering(
  { onError }: PublishOptions,
  { request }: PublishRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const failed = failedAnswer(error);
    if (failed !== undefined) return failed;
    // Nobody waits for the answer of a client that went away.
    if (!request.signal.aborted || error !== request.signal.reason) onError(error, request);
    return brokenAnswer();
  }
}
