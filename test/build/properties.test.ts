import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedSettings } from "../../src/feed/settings.js";
import { breakLease } from "../../src/publish/lease.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { Crash, type Failure, failingStore } from "../support/failing-store.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import type { PackageOptions } from "../support/package-builder.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "../support/packages-fixture.js";
import { siteSettings } from "../support/site-feed.js";

/** One change of the packages folder. */
type Step =
  | (AddedPackage & { readonly kind: "add" })
  | { readonly kind: "remove"; readonly id: string; readonly version: string }
  | { readonly kind: "touch"; readonly id: string; readonly version: string }
  | { readonly kind: "facts"; readonly id: string; readonly version: string; readonly listed: boolean };

interface AddedPackage {
  readonly id: string;
  readonly version: string;
  readonly text: string;
  readonly icon: boolean;
  /** Of a readme and of a licence. */
  readonly content: string | undefined;
  readonly dependency: string | undefined;
}

const ids = fc.constantFrom("Contoso.Core", "contoso.text", "Contoso.Text", "A", "Ünï.Cöde");
const versions = fc.constantFrom("1.0.0", "1.0.1-beta", "2.0.0-rc.1+sha", "1.0.0.1", "3.0");
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    id: ids,
    version: versions,
    text: fc.constantFrom("one", "two"),
    icon: fc.boolean(),
    content: fc.constantFrom(undefined, "# One", "# Two"),
    dependency: fc.constantFrom(undefined, "contoso.core", "Elsewhere"),
  }),
  fc.record({ kind: fc.constant("remove" as const), id: ids, version: versions }),
  fc.record({ kind: fc.constant("touch" as const), id: ids, version: versions }),
  fc.record({ kind: fc.constant("facts" as const), id: ids, version: versions, listed: fc.boolean() }),
);

const anything = { allowEmpty: true, allowMassRemoval: true, allowReplace: true };

async function apply(feed: PackagesFixture, step: Step, present: Set<string>): Promise<void> {
  // The file system may not tell names apart that differ in case only, and neither does the feed.
  const file = `${step.id}.${step.version}.nupkg`.toLowerCase();
  if (step.kind === "add") {
    await feed.add(packageOf(step), file);
    present.add(file);
  } else if (step.kind === "facts") {
    await feed.facts({ [step.id]: { [step.version]: { listed: step.listed } } });
  } else if (present.has(file)) {
    if (step.kind === "touch") return await feed.touch(file);
    await feed.remove(file);
    present.delete(file);
  }
}

function packageOf({ id, version, text, icon, content, dependency }: AddedPackage): PackageOptions {
  return {
    id,
    version,
    description: text,
    ...(icon && { icon: { path: "icon.png", content: tinyPng } }),
    ...(content !== undefined && {
      readme: { path: "README.md", content },
      license: { path: "LICENSE.txt", content },
    }),
    ...(dependency !== undefined && { dependencies: { [dependency]: "1.0.0" } }),
  };
}

async function cleanTree(
  feed: PackagesFixture,
  target: FeedSettings = settings,
): Promise<Readonly<Record<string, string>>> {
  const store = createMemoryStore();
  await feed.build({ ...anything, settings: target }, store);
  return await feed.tree(store);
}

interface Round {
  readonly steps: readonly Step[];
  readonly settings: FeedSettings;
}

function rounds(settings: fc.Arbitrary<FeedSettings>): fc.Arbitrary<Round[]> {
  return fc.array(fc.record({ steps: fc.array(steps, { maxLength: 4 }), settings }), { maxLength: 5 });
}

/** Most rounds keep the settings of the one before. */
const anySite = fc.constantFrom<FeedSettings>(
  siteSettings,
  siteSettings,
  siteSettings,
  settings,
  { ...siteSettings, baseUrl: "https://moved.example.com/" },
  { ...settings, site: { atom: "none" } },
);

describe("an incremental build", () => {
  test.for([
    ["", fc.constant(settings), 60],
    [", also with a web site that comes and goes", anySite, 25],
  ] as const)(
    "equals a clean one after any series of adds, removals and changes%s",
    async ([, anySettings, numRuns]) => {
      await fc.assert(
        fc.asyncProperty(rounds(anySettings), async (rounds) => {
          await using feed = await makePackages();
          const present = new Set<string>();
          for (const { steps, settings } of rounds) {
            for (const step of steps) await apply(feed, step, present);
            await feed.build({ ...anything, settings });
            expect(await feed.tree()).toEqual(await cleanTree(feed, settings));
          }
        }),
        { numRuns },
      );
    },
  );
});

const icon = { path: "icon.png", content: tinyPng };
const readme = { path: "README.md", content: "# Text" };

/** A feed whose next build creates, replaces and deletes. */
async function makeChange(from: FeedSettings): Promise<PackagesFixture> {
  const feed = await makePackages(
    { id: "Contoso.Core", version: "1.0.0", icon },
    { id: "Contoso.Core", version: "1.1.0", dependencies: { "Contoso.Text": "1.0.0" } },
    { id: "Contoso.Text", version: "1.0.0", readme },
  );
  await feed.build({ settings: from });
  await feed.add({ id: "Contoso.Core", version: "1.2.0", icon });
  await feed.add({ id: "Contoso.New", version: "1.0.0" });
  await feed.remove("Contoso.Text.1.0.0.nupkg");
  return feed;
}

interface Change {
  readonly what: string;
  readonly from: FeedSettings;
  readonly to: FeedSettings;
  /** Each way to crash is tried at every write, or at its share of them: what one leaves is much like what another does. */
  readonly isShared: boolean;
}

const changes: readonly Change[] = [
  { what: "of a feed", from: settings, to: settings, isShared: false },
  { what: "of a feed with a site", from: siteSettings, to: siteSettings, isShared: true },
  { what: "that adds a site", from: settings, to: siteSettings, isShared: true },
  { what: "that takes a site away", from: siteSettings, to: settings, isShared: true },
];

const ways: readonly Failure["how"][] = ["crash", "crash-after", "crash-within"];

/** At which writes the build crashes. */
async function crashesAt({ from, to, isShared }: Change, how: Failure["how"]): Promise<number[]> {
  await using feed = await makeChange(from);
  feed.store.reset();
  await feed.build({ settings: to });
  const all = feed.store.writes.map((_, i) => i + 1);
  expect(all.length).toBeGreaterThan(20);
  return isShared ? all.filter((at) => at % ways.length === ways.indexOf(how)) : all;
}

describe.for(changes)("a build $what that crashed", (change) => {
  const { from, to } = change;

  async function crash(feed: PackagesFixture, failure: Failure): Promise<void> {
    const store = failingStore(feed.store, failure);
    await expect(feed.build({ settings: to }, store)).rejects.toThrow(Crash);
    await breakLease(feed.store);
    expect(await checkLinks(feed.store, to.baseUrl), `links after write ${failure.at}`).toEqual([]);
  }

  test.for(ways)("at any write (%s), run again, equals a clean one", async (how) => {
    for (const at of await crashesAt(change, how)) {
      await using feed = await makeChange(from);
      await crash(feed, { at, how });
      await feed.build({ settings: to });
      expect(await feed.tree(), `crash at write ${at}`).toEqual(await cleanTree(feed, to));
    }
  });

  test.for(ways)(
    "at any write (%s), equals a clean one also when the packages and settings changed since",
    async (how) => {
      for (const at of await crashesAt(change, how)) {
        await using feed = await makeChange(from);
        await crash(feed, { at, how });
        await feed.remove("Contoso.New.1.0.0.nupkg");
        await feed.remove("Contoso.Core.1.2.0.nupkg");
        await feed.add({ id: "Contoso.Text", version: "1.0.0", readme });
        await feed.build({ ...anything, settings: from });
        expect(await feed.tree(), `crash at write ${at}`).toEqual(await cleanTree(feed, from));
        expect(await checkFeed(feed.store, from.baseUrl)).toEqual([]);
      }
    },
  );
});
