/**
 * Writes documents of the whole feed one after the other, comparing each with what the index says was written.
 */
import type { FeedDocument } from "../feed/document.js";
import type { FeedPath } from "../feed/urls.js";
import { type OutputMark, type Outputs, outputPaths } from "../state/id-state.js";
import type { StateIndex } from "../state/state-index.js";
import type { PublishContext, StandingFiles } from "./context.js";
import { writeOutput } from "./write-output.js";

export interface FeedOutputs {
  /**
   * Writes a document unless it was written before with the same content.
   *
   * @param standing what lay there before its content was worked out, for documents that others write as well
   */
  publish(document: FeedDocument, standing?: StandingFiles): Promise<void>;
  /** Takes over a document that is known to be as it was written. */
  keep(path: FeedPath): void;
  /** What was published or kept, and what the index names beside that. */
  result(): { readonly outputs: Outputs; readonly obsolete: readonly FeedPath[] };
}

export function feedOutputs(context: PublishContext, before: StateIndex): FeedOutputs {
  const outputs: Record<FeedPath, OutputMark> = {};
  const left = new Set(before.obsolete);
  const kindOf = (path: FeedPath) =>
    before.outputs[path] === undefined && !left.has(path) ? "create" : "replace";
  return {
    publish: async (document, standing) => {
      context.signal?.throwIfAborted();
      const digest = await context.digest(document.body);
      const { path } = document;
      outputs[path] = digest;
      if (standing === undefined && before.outputs[path] === digest) return;
      const write = { kind: kindOf(path), output: { ...document, digest } } as const;
      if (context.dryRun) context.onChange({ kind: write.kind, path, size: 0 });
      else await writeOutput({ ...context, ...(standing && { standing }) }, write, document.body);
    },
    keep: (path) => {
      outputs[path] = before.outputs[path] ?? "?";
    },
    result: () => {
      const recorded = [...left, ...outputPaths(before.outputs)];
      const obsolete = [...new Set(recorded)].filter((path) => outputs[path] === undefined).sort();
      return { outputs, obsolete };
    },
  };
}
