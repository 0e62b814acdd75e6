/** A feed that grew by pushes is the feed that a build of the same packages makes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedSettings } from "../../../src/feed/settings.js";
import type { PushContext } from "../../../src/publish/push/context.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { plainTree } from "../../support/feed-tree.js";
import type { PackageOptions } from "../../support/package-builder.js";
import { makePackages, settings, tinyPng } from "../../support/packages-fixture.js";
import { push, pushContext } from "../../support/push-feed.js";
import { siteSettings } from "../../support/site-feed.js";

/** The time of publication of everything that is pushed or built. */
const entryTime = "2026-02-03T04:05:06Z";

const packages: fc.Arbitrary<PackageOptions> = fc
  .record({
    id: fc.constantFrom("Contoso.Core", "contoso.text", "A", "Ünï.Cöde"),
    version: fc.constantFrom("1.0.0", "1.0.1-beta", "2.0.0-rc.1+sha", "1.0.0.1", "3.0"),
    description: fc.constantFrom("one", "two"),
    hasIcon: fc.boolean(),
    content: fc.constantFrom(undefined, "# One", "# Two"),
    dependency: fc.constantFrom(undefined, "contoso.core", "Elsewhere"),
  })
  .map(({ hasIcon, content, dependency, ...options }) => ({
    ...options,
    entryTime,
    ...(hasIcon && { icon: { path: "icon.png", content: tinyPng } }),
    ...(content !== undefined && {
      readme: { path: "README.md", content },
      license: { path: "LICENSE.txt", content },
    }),
    ...(dependency !== undefined && { dependencies: { [dependency]: "1.0.0" } }),
  }));

const list = fc.array(packages, { minLength: 1, maxLength: 8 });

async function pushingInto(target: FeedSettings, isShared: boolean): Promise<PushContext> {
  const now = () => Date.parse(entryTime);
  return await pushContext(createMemoryStore(), { settings: target, isShared, now });
}

describe.for<readonly [string, FeedSettings]>([
  ["a feed", settings],
  ["a feed with a web site", siteSettings],
])("pushes into %s", ([, target]) => {
  test.for([true, false])("and a scheduled run equal a build (others write: %s)", async (isShared) => {
    await fc.assert(
      fc.asyncProperty(list, async (pushed) => {
        const context = await pushingInto(target, isShared);
        await createFeed(context);
        await using source = await makePackages();
        for (const [n, options] of pushed.entries()) {
          if ((await push(context, options)).kind === "created") await source.add(options, `${n}.nupkg`);
        }
        await runScheduled(context, { grace: 0 });
        await source.build({ settings: target });
        expect(await plainTree(context.store)).toEqual(await plainTree(source.store));
        expect((await verifyStore(context.store)).findings).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("are kept by builds of other packages", async () => {
    await fc.assert(
      fc.asyncProperty(list, list, async (pushed, built) => {
        const context = await pushingInto(target, false);
        await createFeed(context);
        for (const options of pushed) await push(context, options);
        const before = await verifyStore(context.store);
        await using source = await makePackages();
        const isPushed = new Set(pushed.map(keyOf));
        const added = new Map(
          built.filter((one) => !isPushed.has(keyOf(one))).map((one) => [keyOf(one), one]),
        );
        for (const [file, options] of added) await source.add(options, `${file}.nupkg`);
        await source.build({ settings: target, allowEmpty: true }, context.store);
        const after = await verifyStore(context.store);
        expect(after.findings).toEqual([]);
        expect(after.counts.versions).toBe(isPushed.size + added.size);
        expect(before.counts.versions).toBe(isPushed.size);
      }),
      { numRuns: 10 },
    );
  });
});

/** Versions that clients take for the same have one. */
function keyOf({ id, version }: PackageOptions): string {
  const [number] = version.replace(/^3\.0$/, "3.0.0").split("+");
  return `${id}.${number}`.toLowerCase();
}
