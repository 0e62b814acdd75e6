/** Several processes push, unlist, relist, delete and sweep at the same time, in any order, and some of them die. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import type { OverwritePolicy } from "../../../src/publish/push/context.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { datedStore } from "../../support/dated-store.js";
import { checkFeed, checkLinks } from "../../support/feed-checker.js";
import { pushBytes, pushContext } from "../../support/push-feed.js";
import { contradictions, finalVersions, unansweredPushes } from "../../support/push-oracle.js";
import {
  type PushEvent,
  type PushStep,
  packageBytes,
  runWriters,
  type WriterPlan,
} from "../../support/push-writers.js";
import { testSettings } from "../../support/render-feed.js";
import { seededRandom, takeTurns } from "../../support/turns.js";

const HOUR = 60 * 60 * 1000;

/** The first two lie in one partition, and all of them in one search shard. */
const ids = ["Contoso.Core", "Contoso.Core67", "Contoso.Text"] as const;
const versions = ["1.0.0", "1.1.0", "2.0.0-rc.1"].map((text) => lowerVersion(parseVersion(text)!));
const [first] = versions;

/** What processes may do to these. */
function anyStep(ids: readonly string[], versions: readonly (typeof first)[]): fc.Arbitrary<PushStep> {
  const id = fc.constantFrom(...ids);
  const version = fc.constantFrom(...versions.filter((version) => version !== undefined));
  const push = fc.record({
    kind: fc.constant("push" as const),
    id,
    version,
    text: fc.constantFrom("one", "two"),
  });
  const change = fc.record({
    kind: fc.constant("change" as const),
    id,
    version,
    change: fc.constantFrom("unlist" as const, "relist" as const, "delete" as const),
  });
  return fc.oneof({ weight: 4, arbitrary: push }, { weight: 3, arbitrary: change });
}

/** Of bulk commands there is one at a time. */
const scheduled: fc.Arbitrary<WriterPlan> = fc.record({
  steps: fc.constant<PushStep[]>([{ kind: "scheduled", grace: HOUR }]),
  diesAt: fc.option(fc.integer({ min: 1, max: 200 }), { freq: 2, nil: undefined }),
});

/** What happens at the same time; between rounds goes by more time than any push takes. */
interface Round {
  /** Of the order in which the processes take turns. */
  readonly seed: number;
  readonly plans: readonly WriterPlan[];
}

function anyRounds(step: fc.Arbitrary<PushStep>): fc.Arbitrary<Round[]> {
  const writer: fc.Arbitrary<WriterPlan> = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 2 }),
    diesAt: fc.option(fc.integer({ min: 1, max: 70 }), { freq: 2, nil: undefined }),
  });
  const plans = fc
    .tuple(fc.array(writer, { minLength: 1, maxLength: 5 }), fc.option(scheduled, { nil: undefined }))
    .map(([writers, run]) => (run === undefined ? writers : [...writers, run]));
  return fc.array(fc.record({ seed: fc.nat(), plans }), { minLength: 1, maxLength: 3 });
}

const initial = ids.slice(0, 2).map((id): PushStep & { kind: "push" } => {
  return { kind: "push", id, version: versions[0]!, text: "one" };
});

/** What is wrong after everything has happened and was tidied up; the first that is found. */
async function findings(overwrite: OverwritePolicy, rounds: readonly Round[]): Promise<unknown[]> {
  let time = Date.parse("2026-02-03T04:05:06Z");
  const now = () => time;
  const store = datedStore(createMemoryStore(), now);
  const own = await pushContext(store, { now, random: seededRandom(1) });
  await createFeed(own);
  for (const step of initial) await pushBytes(own, packageBytes(step));
  const unanswered: PushEvent[] = [];
  for (const { seed, plans } of rounds) {
    const before = await finalVersions(store, ids);
    const random = seededRandom(seed);
    const events = await runWriters(store, takeTurns(random), plans, { overwrite, now, random });
    const found = contradictions(events, before, await finalVersions(store, ids), unanswered);
    unanswered.push(...unansweredPushes(events));
    const links = await checkLinks(store, testSettings.baseUrl);
    if (found.length + links.length > 0) return [...found, ...links];
    time += 2 * HOUR;
  }
  const problems: unknown[] = [];
  // What the first finishes, the second deletes, once nobody can be on the way to it any more.
  for (let run = 0; run < 2; run++) {
    problems.push(...(await runScheduled(own, { grace: HOUR })).problems);
    time += 2 * HOUR;
  }
  const staged = [];
  for await (const { path } of store.list("feed-state/staging/")) staged.push(`${path} is left`);
  const { findings } = await verifyStore(store);
  return [...problems, ...(await checkFeed(store, testSettings.baseUrl)), ...findings, ...staged];
}

/** More of them by hand: `INTERLEAVINGS=20000 npx vitest run …`. */
const numRuns = Number(process.env["INTERLEAVINGS"] ?? 20);
const timeout = 30_000 + 1000 * numRuns;

describe("processes that change a feed at the same time, and die", () => {
  test.for<readonly [string, OverwritePolicy, fc.Arbitrary<Round[]>]>([
    ["several ids", "never", anyRounds(anyStep(ids, versions))],
    ["several ids that may be overwritten", "always", anyRounds(anyStep(ids, versions))],
    ["one id", "never", anyRounds(anyStep(ids.slice(0, 1), versions.slice(0, 2)))],
    ["one version", "never", anyRounds(anyStep(ids.slice(0, 1), versions.slice(0, 1)))],
    [
      "one version that may be overwritten",
      "always",
      anyRounds(anyStep(ids.slice(0, 1), versions.slice(0, 1))),
    ],
  ])("leave a sound feed that holds what they were told: %s", { timeout }, async ([, overwrite, rounds]) => {
    await fc.assert(
      fc.asyncProperty(rounds, async (rounds) => {
        expect(await findings(overwrite, rounds)).toEqual([]);
      }),
      { numRuns },
    );
  });
});
