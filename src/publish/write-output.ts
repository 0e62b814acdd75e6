/**
 * Writes one feed file. Files that nupress did not write are never replaced.
 */
import type { Digest } from "../feed/digest.js";
import type { FeedPath } from "../feed/urls.js";
import type { Write } from "../state/changes.js";
import { bodySize } from "../store/body.js";
import type { Body, PutOptions } from "../store/store.js";
import type { PublishContext } from "./context.js";
import { refuseForeignFile } from "./foreign-file.js";

export interface OutputFile {
  readonly path: FeedPath;
  readonly digest: Digest;
  readonly contentType: string;
}

/**
 * Carries out one write. A path that the state does not know is written only if nothing lies there, or the same bytes
 * do, which another id may have put there (assets) or a run whose state was lost.
 *
 * @throws FeedError `foreign-file` when something else lies there
 */
export async function writeOutput(
  context: PublishContext,
  file: Write<OutputFile>,
  body: Body,
): Promise<void> {
  const { store, signal } = context;
  const options: PutOptions = { contentType: file.contentType, ...(signal && { signal }) };
  if (file.kind === "replace") {
    await store.put(file.path, body, options);
  } else {
    const result = await store.put(file.path, body, { ...options, condition: { ifAbsent: true } });
    if (result.kind === "conflict") return await refuseForeignFile(context, file.path, async () => body);
  }
  context.onChange({ kind: file.kind, path: file.path, size: bodySize(body) });
}
