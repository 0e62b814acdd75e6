/**
 * Writes one feed file. Files that nupress did not write are never replaced.
 */
import { FeedError } from "../errors.js";
import type { Digest } from "../feed/digest.js";
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import type { Write } from "../state/changes.js";
import { bodySize } from "../store/body.js";
import type { Body } from "../store/store.js";
import type { PublishContext, StandingFiles } from "./context.js";
import { refuseForeignFile } from "./foreign-file.js";

const ABSENT = { ifAbsent: true } as const;

export interface OutputFile {
  readonly path: FeedPath;
  readonly digest: Digest;
  readonly contentType: string;
}

/**
 * Carries out one write. A path that the state does not know is written only if nothing lies there, or the same bytes
 * do, which another id may have put there (assets) or a run whose state was lost.
 *
 * @throws FeedError `foreign-file` when something else lies there; `overtaken` when somebody else wrote there meanwhile
 */
export async function writeOutput(
  context: PublishContext,
  write: Write<OutputFile>,
  body: Body,
): Promise<void> {
  const { store, signal, standing } = context;
  if (standing !== undefined) return await writeAmongOthers(context, standing, write, body);
  const { kind, output } = write;
  const { path, contentType } = output;
  const condition = kind === "create" ? ABSENT : undefined;
  const result = await store.put(path, body, { contentType, condition, signal });
  if (result.kind === "conflict") return await refuseForeignFile(context, path, async () => body);
  context.onChange({ kind, path, size: bodySize(body) });
}

/** An asset is named by its content: whoever put it there wrote the same. */
async function writeAmongOthers(
  { store, signal, onChange }: PublishContext,
  standing: StandingFiles,
  { kind, output: { path, contentType } }: Write<OutputFile>,
  body: Body,
): Promise<void> {
  const etag = standing.get(path);
  if (etag !== undefined && isAssetPath(path)) return;
  const condition = etag === undefined ? ABSENT : { ifMatch: etag };
  const result = await store.put(path, body, { contentType, condition, signal });
  if (result.kind === "stored") return onChange({ kind, path, size: bodySize(body) });
  if (!isAssetPath(path)) throw overtaken(path);
}

function overtaken(path: FeedPath): FeedError {
  return new FeedError("overtaken", `Cannot write "${path}": somebody else wrote it at the same time`, {
    hint: "try again",
  });
}

/** Whether a write failed because of another writer, so that it is worth while to look again. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof FeedError && error.code === "overtaken";
}
