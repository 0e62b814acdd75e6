/**
 * Packages that lie in the feed and that no record names, because the push that put them there died or failed. The
 * scheduled run finds them by what such pushes leave in the staging area: the staged package, or a note.
 */
import { PackageError } from "../../errors.js";
import { feedVersion } from "../../feed/feed-package.js";
import { encodeJson } from "../../feed/json.js";
import { parseJson, textOf } from "../../feed/parsed-json.js";
import { nupkgPath } from "../../feed/urls.js";
import { type LowerId, lowerId, parsePackageId } from "../../nuget/id.js";
import { inspectPackage } from "../../nuget/inspect.js";
import { type LowerVersion, lowerVersion, parseVersion } from "../../nuget/version.js";
import { type IdState, withRecords } from "../../state/id-state.js";
import { STAGING_FOLDER, stagingNotePath, stagingTime } from "../../state/layout.js";
import { withObsolete } from "../../state/obsolete.js";
import { storedSource } from "../stored-content.js";
import type { PushContext } from "./context.js";
import { changeId, type IdChange } from "./partition-change.js";
import { stagingToken } from "./stage.js";

interface Leftover {
  readonly id: LowerId;
  readonly version: LowerVersion;
}

/** Notes what a push may have left that failed. It has failed already: that this fails too changes nothing. */
export async function noteLeftover(
  { store, now, random }: PushContext,
  id: LowerId,
  version: LowerVersion,
): Promise<void> {
  const path = stagingNotePath(now(), stagingToken(random));
  await store
    .put(path, encodeJson({ id, version }), { contentType: "application/json" })
    .catch(() => undefined);
}

/**
 * Takes away what pushes that died have left in the staging area, and names what they left in the feed as obsolete.
 *
 * @param until milliseconds since 1970; what began later may be under way
 */
export async function sweepStaging(context: PushContext, until: number): Promise<void> {
  const { store } = context;
  for await (const { path } of store.list(STAGING_FOLDER)) {
    const time = stagingTime(path);
    const isNote = path.endsWith(".json");
    // A push that left a note is over, and where there is one process, no other is about to record what it put there.
    const isOver = isNote && context.isShared !== true;
    if (time === undefined || (time > until && !isOver)) continue;
    context.signal?.throwIfAborted();
    const leftover = isNote ? await readNote(context, path) : await readStaged(context, path);
    if (leftover !== undefined) await nameLeftover(context, leftover);
    await store.delete(path);
  }
}

async function readStaged({ store }: PushContext, path: string): Promise<Leftover | undefined> {
  try {
    const source = await storedSource(store, path);
    if (source === undefined) return undefined;
    const { id, version } = (await inspectPackage(source)).nuspec;
    return { id: lowerId(id), version: lowerVersion(version) };
  } catch (error) {
    // What is no package got no further than the staging area.
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}

async function readNote({ store }: PushContext, path: string): Promise<Leftover | undefined> {
  const object = await store.read(path);
  const note = object && parseJson(object.bytes)?.value;
  const id = parsePackageId(textOf(note, "id"));
  const version = parseVersion(textOf(note, "version"));
  return id && version && { id: lowerId(id), version: lowerVersion(version) };
}

async function nameLeftover(context: PushContext, { id, version }: Leftover): Promise<void> {
  const path = nupkgPath(id, version);
  if ((await context.store.stat(path)) === undefined) return;
  const change = async (state: IdState | undefined): Promise<IdChange<void>> => {
    const isRecorded = state?.records.some((record) => feedVersion(record).lower === version) === true;
    const isNamed = state?.outputs[path] !== undefined || state?.obsolete?.includes(path) === true;
    if (isRecorded || isNamed) return { kind: "leave", result: undefined };
    const before = state ?? (await withRecords(id, undefined, [], context.digest, "api"));
    return { kind: "write", state: withObsolete(before, [path], context.now()), result: undefined };
  };
  // A sweep that is under way deletes it as well, or the next one does.
  await changeId(context, id, change, { isSweeper: true });
}
