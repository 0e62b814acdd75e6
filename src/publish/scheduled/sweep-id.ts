/**
 * Deletes the obsolete files of one id while pushes may go on elsewhere. The id is marked first, so that no push brings
 * a file back that is about to be deleted; a run that dies in between leaves the mark, and the next one goes on.
 */
import { rankOf } from "../../feed/document.js";
import { isPathOfId } from "../../feed/id-paths.js";
import { type FeedPath, isAssetPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdState } from "../../state/id-state.js";
import { withoutObsolete } from "../../state/obsolete.js";
import type { PushContext } from "../push/context.js";
import { changeId } from "../push/partition-change.js";

/** @param before milliseconds since 1970; what became obsolete later stays */
export function isSweepable(state: IdState, before: number): boolean {
  if (state.isSweeping === true) return true;
  // Who has a claim is about to put something at an obsolete path.
  if (state.claims !== undefined || sweepablePaths(state).length === 0) return false;
  return Date.parse(state.obsoleteSince ?? "") <= before;
}

/**
 * Not what a push wants again whose documents are not written yet. Assets neither: they are named by their content, so
 * another id may want one; see `sweep-assets.ts`.
 */
function sweepablePaths({ id, outputs, obsolete = [] }: IdState): FeedPath[] {
  return obsolete.filter((path) => outputs[path] === undefined && !isAssetPath(path) && isPathOfId(id, path));
}

/** Does nothing where somebody changed the id meanwhile, so that it is to be swept no longer. */
export async function sweepId(context: PushContext, id: LowerId, before: number): Promise<void> {
  const isSweeper = true;
  const paths = await changeId<readonly FeedPath[] | undefined>(
    context,
    id,
    async (state) => {
      if (state === undefined || !isSweepable(state, before)) return { kind: "leave", result: undefined };
      return { kind: "write", state: { ...state, isSweeping: true }, result: sweepablePaths(state) };
    },
    { isSweeper },
  );
  if (paths === undefined) return;
  for (const path of [...paths].sort((a, b) => rankOf(b) - rankOf(a))) {
    await context.store.delete(path);
    context.onChange({ kind: "delete", path, size: 0 });
  }
  await changeId(
    context,
    id,
    async (state) => {
      if (state === undefined) return { kind: "leave", result: undefined };
      const { isSweeping: _, ...rest } = state;
      return { kind: "write", state: withoutObsolete(rest, new Set(paths)), result: undefined };
    },
    { isSweeper },
  );
}
