import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import type { VerifyReport } from "../../src/verify/report.js";
import { bytesOf, copyOf, flip, pathsOf, replace, truncate } from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "../support/packages-fixture.js";
import { siteSettings } from "../support/site-feed.js";

async function makeFeed(): Promise<PackagesFixture> {
  const icon = { path: "icon.png", content: tinyPng };
  return await makePackages(
    { id: "Contoso.Core", version: "1.0.0", icon, readme: { path: "README.md", content: "# Core" } },
    { id: "Contoso.Core", version: "1.1.0-beta", icon },
    { id: "Contoso.Text", version: "1.0.0", dependencies: { "Contoso.Core": "1.0.0" } },
    { id: "Ünï.Cöde", version: "2.0.0+sha" },
  );
}

/** One damage; `where` and `at` are fractions of the list of files and of the file. */
interface Damage {
  readonly kind: "delete" | "truncate" | "flip" | "html" | "swap";
  readonly where: number;
  readonly at: number;
  readonly bit: number;
}

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const damages = fc.array(
  fc.record({
    kind: fc.constantFrom<Damage["kind"]>("delete", "truncate", "flip", "html", "swap"),
    where: fraction,
    at: fraction,
    bit: fc.integer({ min: 0, max: 7 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** @param among the files that may be hit */
async function apply(store: Store, damage: Damage, among: readonly string[]): Promise<void> {
  const path = among[Math.floor(damage.where * among.length)] ?? "";
  if ((await store.stat(path)) === undefined) return;
  const bytes = await bytesOf(store, path);
  const at = Math.floor(damage.at * bytes.length);
  if (damage.kind === "delete") await store.delete(path);
  else if (damage.kind === "truncate") await truncate(store, path, at);
  else if (damage.kind === "html") await replace(store, path, "<!doctype html><title>Sign in</title>");
  else if (damage.kind === "flip" && bytes.length > 0) await flip(store, path, at, 1 << damage.bit);
  else if (damage.kind === "swap") {
    const other = among[Math.floor(damage.at * among.length)] ?? "";
    if ((await store.stat(other)) !== undefined) await store.put(path, await bytesOf(store, other));
  }
}

/** What is told, or the one error that a state of a later version is refused with. */
async function look(
  store: Store,
  options: { readonly repair?: boolean } = {},
): Promise<VerifyReport | undefined> {
  try {
    return await verifyStore(store, options);
  } catch (error) {
    if (error instanceof FeedError && ["state-newer", "feed-missing"].includes(error.code)) return undefined;
    throw error;
  }
}

describe.for([
  ["of any files", settings, 1],
  // Rendering takes its time.
  ["of any files of a feed with a site", siteSettings, 0.2],
] as const)("any damage %s", ([, feedSettings, share]) => {
  let feed: PackagesFixture;
  let paths: readonly string[];

  beforeAll(async () => {
    feed = await makeFeed();
    await feed.build({ settings: feedSettings });
    paths = await pathsOf(feed.store);
  });
  afterAll(async () => {
    await feed[Symbol.asyncDispose]();
  });

  test("gives findings or nothing, never a crash, and a repair leaves what a second one leaves too", async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        const store = await copyOf(feed.store);
        for (const damage of list) await apply(store, damage, paths);
        const found = await look(store);
        const repaired = await look(store, { repair: true });
        expect(repaired === undefined).toBe(found === undefined);
        expect((await look(store))?.findings).toEqual(repaired?.findings);
        expect((await look(store, { repair: true }))?.findings).toEqual(repaired?.findings);
      }),
      { numRuns: 300 * share },
    );
  });

  test("of documents and of what comes out of packages is mended as a whole", async () => {
    const among = paths.filter((path) => !path.startsWith("feed-state/") && !path.endsWith(".nupkg"));
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        const store = await copyOf(feed.store);
        for (const damage of list) await apply(store, damage, among);
        expect((await look(store, { repair: true }))?.findings).toEqual([]);
        expect(await feed.tree(store)).toEqual(await feed.tree());
      }),
      { numRuns: 100 * share },
    );
  });

  test("of partitions is mended as a whole", async () => {
    const among = paths.filter((path) => path.startsWith("feed-state/packages/"));
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        const store = await copyOf(feed.store);
        for (const damage of list) await apply(store, damage, among);
        expect((await look(store, { repair: true }))?.findings).toEqual([]);
        expect(await feed.tree(store)).toEqual(await feed.tree());
      }),
      { numRuns: 200 * share },
    );
  });
});
