/**
 * What must hold of a feed after several processes changed it at the same time, judged by what they were told.
 */

import { feedVersion } from "../../src/feed/feed-package.js";
import { partitionOf, partitionPath } from "../../src/state/layout.js";
import { decodePartition } from "../../src/state/partition.js";
import type { Store } from "../../src/store/store.js";
import { type PushEvent, packageBytes, sha512Of } from "./push-writers.js";
import { testId } from "./records.js";

/** A version as the state has it. */
export interface FinalVersion {
  readonly sha512: string;
  readonly isListed: boolean;
}

/** By `{id} {version}`. */
export async function finalVersions(
  store: Store,
  ids: readonly string[],
): Promise<Map<string, FinalVersion>> {
  const versions = new Map<string, FinalVersion>();
  for (const id of ids) {
    const partition = partitionOf(testId(id));
    const object = await store.read(partitionPath(partition));
    const state = object && decodePartition(partition, object.bytes).get(testId(id));
    for (const record of state?.records ?? []) {
      const { lower, isListed } = feedVersion(record);
      versions.set(`${id} ${lower}`, { sha512: record.sha512, isListed });
    }
  }
  return versions;
}

/**
 * What contradicts the answers.
 *
 * @param before what the feed held when the processes began
 * @param after what it holds when everything was finished
 * @param unanswered pushes of earlier rounds that died: one that replaced bytes is recorded by a later run
 */
export function contradictions(
  events: readonly PushEvent[],
  before: ReadonlyMap<string, FinalVersion>,
  after: ReadonlyMap<string, FinalVersion>,
  unanswered: readonly PushEvent[] = [],
): string[] {
  const versions = new Set([...before.keys(), ...after.keys(), ...events.flatMap(versionsOf)]);
  return [...versions].flatMap((version) => {
    const own = events.filter((event) => versionsOf(event).includes(version));
    const found = [
      ...invisible(own),
      ...wrongAnswers(own, before.has(version)),
      ...wrongEnd(
        [...own, ...unanswered.filter((event) => versionsOf(event).includes(version))],
        before.get(version),
        after.get(version),
      ),
    ];
    return found.map((what) => `${version}: ${what}`);
  });
}

/** Pushes whose effect may be still to come. */
export function unansweredPushes(events: readonly PushEvent[]): PushEvent[] {
  return events.filter((event) => isPush(event) && isOpen(event));
}

function isOpen({ answer }: PushEvent): boolean {
  return answer === undefined || answer === "refused";
}

function versionsOf({ step }: PushEvent): string[] {
  return step.kind === "scheduled" ? [] : [`${step.id} ${step.version}`];
}

function isDelete({ step }: PushEvent): boolean {
  return step.kind === "change" && step.change === "delete";
}

function isPush({ step }: PushEvent): boolean {
  return step.kind === "push";
}

/** Of a version that nobody unlisted or deleted, everything must be visible when the push is answered. */
function invisible(events: readonly PushEvent[]): string[] {
  if (events.some(({ step }) => step.kind === "change")) return [];
  return events.flatMap(({ seen }) => {
    if (seen === undefined || Object.values(seen).every(Boolean)) return [];
    return [`was answered before it was visible, ${JSON.stringify(seen)}`];
  });
}

/** A version is created once, and once more for every time that it was deleted. */
function wrongAnswers(events: readonly PushEvent[], isThere: boolean): string[] {
  const created = events.filter(({ answer }) => answer === "created").length;
  const deleted = events.filter((event) => isDelete(event) && mayHaveTakenPlace(event)).length;
  const most = deleted + (isThere ? 0 : 1);
  const found = created > most ? [`was created ${created} times, ${most} at most`] : [];
  const pushes = events.filter(isPush);
  const isUntroubled = !pushes.some(isOpen);
  if (pushes.length > 0 && isUntroubled && !isThere && deleted === 0 && created === 0)
    found.push("was created by nobody");
  return found;
}

function mayHaveTakenPlace(event: PushEvent): boolean {
  return isOpen(event) || event.answer === "changed";
}

/** What is there in the end is what somebody wrote whom nobody is known to have come after. */
function wrongEnd(
  events: readonly PushEvent[],
  before: FinalVersion | undefined,
  after: FinalVersion | undefined,
): string[] {
  const contents = events.flatMap((event): Written<string | undefined>[] => {
    if (isDelete(event)) return writtenBy(event, undefined, "changed");
    if (event.step.kind !== "push") return [];
    return writtenBy(event, sha512Of(packageBytes(event.step)), "created", "replaced");
  });
  const found = isPossible(contents, before?.sha512, after?.sha512)
    ? []
    : [`holds ${after?.sha512.slice(0, 6) ?? "nothing"} in the end`];
  if (before === undefined || after === undefined || contents.length > 0) return found;
  const marks = events.flatMap((event): Written<boolean>[] => {
    if (event.step.kind !== "change") return [];
    return writtenBy(event, event.step.change === "relist", "changed", "unchanged");
  });
  if (!isPossible(marks, before.isListed, after.isListed))
    found.push(`is ${after.isListed ? "listed" : "unlisted"} in the end`);
  return found;
}

interface Written<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
  /** Whether it is known to have taken place. */
  readonly isSure: boolean;
}

function writtenBy<T>(event: PushEvent, value: T, ...sure: readonly string[]): Written<T>[] {
  const { answer, start, end } = event;
  if (answer !== undefined && sure.includes(answer)) return [{ value, start, end, isSure: true }];
  return isOpen(event) ? [{ value, start, end: Number.POSITIVE_INFINITY, isSure: false }] : [];
}

/** Whether a value can be the last of these writes, some of which were under way at the same time. */
function isPossible<T>(writes: readonly Written<T>[], before: T, after: T): boolean {
  const all: Written<T>[] = [{ value: before, start: -1, end: -1, isSure: true }, ...writes];
  return all.some(
    (write) =>
      write.value === after &&
      !all.some((later) => later.isSure && later.start > write.end && later.value !== after),
  );
}
