/**
 * Takes the bytes of a pushed package in: they go to a place of their own that nobody sees, and are hashed on the way.
 */
import { PackageError } from "../../errors.js";
import { makeRecord, type PackageRecord } from "../../feed/record.js";
import type { FeedPath } from "../../feed/urls.js";
import { base64 } from "../../nuget/base64.js";
import { inspectPackage } from "../../nuget/inspect.js";
import { stagingPath } from "../../state/layout.js";
import type { Store } from "../../store/store.js";
import { storedSource } from "../stored-content.js";
import { assertPushable } from "./assert-pushable.js";
import type { PushContext } from "./context.js";

/** A package that lies in the staging area, read and found to be one. */
export interface StagedPackage {
  readonly path: FeedPath;
  /** With the time of acceptance, and without origin. */
  readonly record: PackageRecord;
  readonly warnings: readonly string[];
}

/** Longer than any push takes: what is older was left behind by a process that died. */
export const STAGING_LIFETIME = 60 * 60 * 1000;

/** `PK` and the signature of a local file header, with which every package begins. */
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/**
 * Stages a package; whoever called this deletes it when done ({@link unstagePackage}).
 *
 * @throws PackageError when it is no package that a feed can take; nothing is left then
 */
export async function stagePackage(
  context: PushContext,
  chunks: AsyncIterable<Uint8Array>,
): Promise<StagedPackage> {
  const { store, createHash, now, random, signal } = context;
  const path = stagingPath(now(), stagingToken(random));
  const hash = createHash("sha512");
  const options = { contentType: "application/octet-stream", ...(signal && { signal }) };
  const { size } = await store.upload(path, hashedChunks(beginningAsZip(chunks), hash), options);
  try {
    const source = await storedSource(store, path);
    if (source === undefined) throw new Error(`"${path}" vanished while it was pushed`);
    const inspected = await inspectPackage(source);
    assertPushable(inspected, now());
    const sha512 = base64(await hash.digest());
    const record = await makeRecord(inspected, { size, sha512 }, context.digest);
    context.refuseRecord?.(record);
    const accepted = new Date(now()).toISOString().replace(/\.\d+Z$/, "+00:00");
    return { path, record: { ...record, accepted }, warnings: inspected.warnings };
  } catch (error) {
    await unstagePackage(store, path);
    throw error;
  }
}

/** Takes a staged package away. That this fails is no reason for the push to fail: old ones are swept later. */
export async function unstagePackage(store: Store, path: FeedPath): Promise<void> {
  await store.delete(path).catch(() => undefined);
}

/** Says at once that something is no package, before all of it was sent. */
async function* beginningAsZip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of chunks) {
    for (let i = 0; i < chunk.length && seen < ZIP_START.length; i++, seen++) {
      if (chunk[i] !== ZIP_START[seen]) throw notAZip();
    }
    yield chunk;
  }
  if (seen < ZIP_START.length) throw notAZip();
}

async function* hashedChunks(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<PushContext["createHash"]>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await hash.update(chunk);
    yield chunk;
  }
}

function notAZip(): PackageError {
  return new PackageError("not-a-zip", "it is not a zip archive", {
    hint: "push the .nupkg file that dotnet pack made",
  });
}

/** What no other push uses. */
export function stagingToken(random: () => number): string {
  return Array.from({ length: 4 }, () => Math.floor(random() * 36 ** 5).toString(36)).join("");
}
