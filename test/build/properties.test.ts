import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakLease } from "../../src/publish/lease.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { Crash, type Failure, failingStore } from "../support/failing-store.js";
import { checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "../support/packages-fixture.js";

/** One change of the packages folder. */
type Step =
  | {
      readonly kind: "add";
      readonly id: string;
      readonly version: string;
      readonly text: string;
      readonly icon: boolean;
    }
  | { readonly kind: "remove"; readonly id: string; readonly version: string }
  | { readonly kind: "touch"; readonly id: string; readonly version: string }
  | { readonly kind: "facts"; readonly id: string; readonly version: string; readonly listed: boolean };

const ids = fc.constantFrom("Contoso.Core", "contoso.text", "A", "Ünï.Cöde");
const versions = fc.constantFrom("1.0.0", "1.0.1-beta", "2.0.0-rc.1+sha", "1.0.0.1", "3.0");
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    id: ids,
    version: versions,
    text: fc.constantFrom("one", "two"),
    icon: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("remove" as const), id: ids, version: versions }),
  fc.record({ kind: fc.constant("touch" as const), id: ids, version: versions }),
  fc.record({ kind: fc.constant("facts" as const), id: ids, version: versions, listed: fc.boolean() }),
);

const anything = { allowEmpty: true, allowMassRemoval: true, allowReplace: true };

async function apply(feed: PackagesFixture, step: Step, present: Set<string>): Promise<void> {
  const file = `${step.id}.${step.version}.nupkg`;
  if (step.kind === "add") {
    const icon = step.icon ? { icon: { path: "icon.png", content: tinyPng } } : {};
    await feed.add({ id: step.id, version: step.version, description: step.text, ...icon }, file);
    present.add(file);
  } else if (step.kind === "facts") {
    await feed.facts({ [step.id]: { [step.version]: { listed: step.listed } } });
  } else if (present.has(file)) {
    if (step.kind === "touch") return await feed.touch(file);
    await feed.remove(file);
    present.delete(file);
  }
}

async function cleanTree(feed: PackagesFixture): Promise<Readonly<Record<string, string>>> {
  const store = createMemoryStore();
  await feed.build(anything, store);
  return await feed.tree(store);
}

describe("an incremental build", () => {
  test("equals a clean one after any series of adds, removals and changes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(steps, { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
        await using feed = await makePackages();
        const present = new Set<string>();
        for (const round of rounds) {
          for (const step of round) await apply(feed, step, present);
          await feed.build(anything);
          expect(await feed.tree()).toEqual(await cleanTree(feed));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A feed whose next build creates, replaces and deletes. */
async function makeChange(): Promise<PackagesFixture> {
  const icon = { path: "icon.png", content: tinyPng };
  const feed = await makePackages(
    { id: "Contoso.Core", version: "1.0.0", icon },
    { id: "Contoso.Core", version: "1.1.0" },
    { id: "Contoso.Text", version: "1.0.0", readme: { path: "README.md", content: "# Text" } },
  );
  await feed.build();
  await feed.add({ id: "Contoso.Core", version: "1.2.0", icon });
  await feed.add({ id: "Contoso.New", version: "1.0.0" });
  await feed.remove("Contoso.Text.1.0.0.nupkg");
  return feed;
}

async function countWrites(): Promise<number> {
  await using feed = await makeChange();
  feed.store.reset();
  await feed.build();
  return feed.store.writes.length;
}

describe("a build that crashed", () => {
  const ways: readonly Failure["how"][] = ["crash", "crash-after", "crash-within"];

  test.for(ways)("at any write (%s), run again, equals a clean one", async (how) => {
    const writes = await countWrites();
    expect(writes).toBeGreaterThan(20);
    for (let at = 1; at <= writes; at++) {
      await using feed = await makeChange();
      await expect(feed.build({}, failingStore(feed.store, { at, how }))).rejects.toThrow(Crash);
      await breakLease(feed.store);
      expect(await checkLinks(feed.store, settings.baseUrl), `links after write ${at}`).toEqual([]);
      await feed.build();
      expect(await feed.tree(), `crash at write ${at}`).toEqual(await cleanTree(feed));
    }
  });

  test.for(ways)(
    "at any write (%s), equals a clean one also when the packages changed since",
    async (how) => {
      const writes = await countWrites();
      for (let at = 1; at <= writes; at++) {
        await using feed = await makeChange();
        await expect(feed.build({}, failingStore(feed.store, { at, how }))).rejects.toThrow(Crash);
        await breakLease(feed.store);
        expect(await checkLinks(feed.store, settings.baseUrl), `links after write ${at}`).toEqual([]);
        await feed.remove("Contoso.New.1.0.0.nupkg");
        await feed.remove("Contoso.Core.1.2.0.nupkg");
        await feed.add({
          id: "Contoso.Text",
          version: "1.0.0",
          readme: { path: "README.md", content: "# Text" },
        });
        await feed.build(anything);
        expect(await feed.tree(), `crash at write ${at}`).toEqual(await cleanTree(feed));
      }
    },
  );
});
