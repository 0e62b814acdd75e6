/**
 * What the state says of the files of an id, or of the whole feed, is what should be there.
 */
import type { Digest } from "../../feed/digest.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { type Outputs, outputPaths } from "../../state/id-state.js";
import type { Finding } from "../finding.js";

export interface WantedMark {
  readonly path: FeedPath;
  /** Absent when the record of it need not be compared. */
  readonly digest?: Digest;
}

/** For outputs that the state calls finished. */
export function checkOutputs(outputs: Outputs, wanted: readonly WantedMark[], id?: LowerId): Finding[] {
  const about = id === undefined ? {} : { id };
  const misrecorded = (path: FeedPath, reason: string): Finding => ({
    kind: "output-misrecorded",
    path,
    ...about,
    reason,
  });
  const paths = new Set(wanted.map(({ path }) => path));
  return [
    ...wanted.flatMap(({ path, digest }) => {
      const isKnown = outputs[path] !== undefined;
      if (digest === undefined ? isKnown : outputs[path] === digest) return [];
      return [misrecorded(path, isKnown ? "is recorded with other bytes" : "is not recorded")];
    }),
    ...outputPaths(outputs)
      .filter((path) => !paths.has(path))
      .map((path) => misrecorded(path, "is recorded, but nothing wants it")),
  ];
}

export function checkObsolete(obsolete: readonly FeedPath[] = [], id?: LowerId): Finding[] {
  return obsolete.map((path) => ({ kind: "output-obsolete", path, ...(id !== undefined && { id }) }));
}

/** How many outputs a run left under way when it was cut short. */
export function countUnderWay(outputs: Outputs): number {
  return Object.values(outputs).filter((mark) => mark === "?").length;
}
