/**
 * Deletes the obsolete files of one id while pushes may go on elsewhere. The id is marked first, so that no push brings
 * a file back that is about to be deleted; a run that dies in between leaves the mark, and the next one goes on.
 */
import { rankOf } from "../../feed/document.js";
import { isPathOfId } from "../../feed/id-paths.js";
import { type FeedPath, isAssetPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdState } from "../../state/id-state.js";
import type { PushContext } from "../push/context.js";
import { changeId } from "../push/partition-change.js";

/** @param before milliseconds since 1970; what became obsolete later stays */
export function isSweepable(state: IdState, before: number): boolean {
  if (sweepablePaths(state).length === 0) return false;
  return state.isSweeping === true || Date.parse(state.obsoleteSince ?? "") <= before;
}

/** Assets are named by their content: another id may be about to use one, and cannot know that it goes. */
function sweepablePaths({ id, obsolete = [] }: IdState): FeedPath[] {
  return obsolete.filter((path) => !isAssetPath(path) && isPathOfId(id, path));
}

export async function sweepId(context: PushContext, id: LowerId): Promise<void> {
  const isSweeper = true;
  const paths = await changeId<readonly FeedPath[]>(
    context,
    id,
    async (state) => {
      if (state === undefined) return { kind: "leave", result: [] };
      return { kind: "write", state: { ...state, isSweeping: true }, result: sweepablePaths(state) };
    },
    { isSweeper },
  );
  for (const path of [...paths].sort((a, b) => rankOf(b) - rankOf(a))) {
    await context.store.delete(path);
    context.onChange({ kind: "delete", path, size: 0 });
  }
  const gone = new Set(paths);
  await changeId(
    context,
    id,
    async (state) => {
      if (state === undefined) return { kind: "leave", result: undefined };
      return { kind: "write", state: withoutPaths(state, gone), result: undefined };
    },
    { isSweeper },
  );
}

function withoutPaths(state: IdState, gone: ReadonlySet<FeedPath>): IdState {
  const { isSweeping: _, obsolete = [], obsoleteSince, ...rest } = state;
  const left = obsolete.filter((path) => !gone.has(path));
  return left.length === 0 ? rest : { ...rest, obsolete: left, ...(obsoleteSince && { obsoleteSince }) };
}
