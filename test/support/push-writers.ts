/**
 * Several processes that change one feed through the API at the same time, and what must hold whatever their order was.
 */
import { createHash } from "node:crypto";
import { FeedError } from "../../src/errors.js";
import type { LowerVersion } from "../../src/nuget/version.js";
import { changePublished } from "../../src/publish/push/change-version.js";
import type { OverwritePolicy, PushContext } from "../../src/publish/push/context.js";
import { runScheduled } from "../../src/publish/scheduled/run.js";
import type { VersionChange } from "../../src/state/change-version.js";
import type { Store } from "../../src/store/store.js";
import { buildPackage } from "./package-builder.js";
import { pushBytes, pushContext } from "./push-feed.js";
import { testId } from "./records.js";
import type { Process, Turns, Writer } from "./turns.js";

/** One thing that a process does. */
export type PushStep =
  | { readonly kind: "push"; readonly id: string; readonly version: LowerVersion; readonly text: string }
  | {
      readonly kind: "change";
      readonly id: string;
      readonly version: LowerVersion;
      readonly change: VersionChange;
    }
  | { readonly kind: "scheduled"; readonly grace: number };

/** What a process did, and what it was told. */
export interface PushEvent {
  readonly step: PushStep;
  /**
   * `created`, `replaced`, `exists`, a kind of `changePublished`, or `done`; `refused` where the client is to try again.
   * A process that died was told nothing.
   */
  readonly answer: string | undefined;
  /** By the count of turns; a process that died may take effect at any time after its start. */
  readonly start: number;
  readonly end: number;
  /** What was visible to everybody when a push was told that it is. */
  readonly seen?: PublishedVersion;
}

export interface PublishedVersion {
  readonly isInVersionList: boolean;
  readonly isInRegistration: boolean;
  readonly isInSearch: boolean;
}

export interface WriterPlan {
  readonly steps: readonly PushStep[];
  readonly diesAt: number | undefined;
}

export interface WritersOptions {
  readonly overwrite: OverwritePolicy;
  readonly now: () => number;
  readonly random: () => number;
}

export function packageBytes({ id, version, text }: PushStep & { kind: "push" }): Uint8Array {
  return buildPackage({
    id,
    version,
    description: text,
    icon: { path: "icon.png", content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]) },
    readme: { path: "README.md", content: `# ${text}` },
  });
}

export function sha512Of(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("base64");
}

/** Runs the writers over a store until all are done or dead. */
export async function runWriters(
  store: Store,
  turns: Turns,
  plans: readonly WriterPlan[],
  options: WritersOptions,
): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  const writers = await Promise.all(
    plans.map(async ({ steps, diesAt }): Promise<Writer> => {
      const process = turns.process(store, { diesAt });
      const context = await pushContext(process.store, { ...options, wait: process.wait });
      const work = async (): Promise<void> => {
        for (const step of steps) await takeStep(store, turns, { process, context, step }, events);
      };
      return { process, work };
    }),
  );
  await turns.run(writers);
  return events;
}

interface StepOfProcess {
  readonly process: Process;
  readonly context: PushContext;
  readonly step: PushStep;
}

async function takeStep(
  store: Store,
  turns: Turns,
  { context, step }: StepOfProcess,
  events: PushEvent[],
): Promise<void> {
  const start = turns.count();
  const at = events.push({ step, answer: undefined, start, end: Number.POSITIVE_INFINITY }) - 1;
  const answer = await answerOf(context, step);
  const event = { step, answer, start, end: turns.count() };
  const isVisible = step.kind === "push" && (answer === "created" || answer === "replaced");
  events[at] = isVisible ? { ...event, seen: await lookAt(store, step.id, step.version) } : event;
}

async function answerOf(context: PushContext, step: PushStep): Promise<string> {
  try {
    if (step.kind === "push") return (await pushBytes(context, packageBytes(step))).kind;
    if (step.kind === "change")
      return (await changePublished(context, testId(step.id), step.version, step.change)).kind;
    const { problems } = await runScheduled(context, step);
    const odd = problems.find((problem) => !isRefusal(problem));
    if (odd !== undefined) throw odd;
    return "done";
  } catch (error) {
    if (isRefusal(error)) return "refused";
    throw error;
  }
}

/** What a client is told to try again later. */
function isRefusal(error: unknown): boolean {
  return error instanceof FeedError && ["sweeping", "lost-race", "overtaken"].includes(error.code);
}

/** Reads past the turns: what everybody sees at this moment. */
async function lookAt(store: Store, id: string, version: string): Promise<PublishedVersion> {
  const text = async (path: string): Promise<string> =>
    new TextDecoder().decode((await store.read(path))?.bytes);
  const lower = testId(id);
  const shard = await text("v3/search/shards/0/0.json");
  const entry = shard.split("\n").find((line) => line.includes(`"key":"${lower}"`)) ?? "";
  return {
    isInVersionList: (await text(`v3/flat/${lower}/index.json`)).includes(`"${version}"`),
    isInRegistration:
      (await text(`v3/registration/${lower}/index.json`)).includes(`"version":"${version}"`) &&
      (await text(`v3/registration/${lower}/${version}.json`)).includes(`${lower}.${version}.nupkg`),
    isInSearch: entry.includes(`"version":"${version}"`),
  };
}
