import { describe, expect, test } from "vitest";
import { makePackages, type PackagesFixture, tinyPng } from "../support/packages-fixture.js";

const icon = { path: "icon.png", content: tinyPng };

/** What a build would do and what it did, as sorted lines. */
async function compare(feed: PackagesFixture) {
  feed.store.reset();
  const plan = await feed.build({ dryRun: true, allowMassRemoval: true });
  expect(feed.store.writes).toEqual([]);
  const before = await feed.tree();
  const report = await feed.build({ allowMassRemoval: true });
  const after = await feed.tree();
  const created = Object.keys(after).filter((path) => !(path in before));
  const deleted = Object.keys(before).filter((path) => !(path in after));
  const replaced = Object.keys(after).filter((path) => path in before && before[path] !== after[path]);
  const lines = [
    ...created.map((path) => `create ${path}`),
    ...replaced.map((path) => `replace ${path}`),
    ...deleted.map((path) => `delete ${path}`),
  ];
  return {
    planned: plan.changes?.map(({ kind, path }) => `${kind} ${path}`).sort(),
    done: lines.sort(),
    counts: [plan, report].map(({ created, replaced, kept, deleted }) => ({
      created,
      replaced,
      kept,
      deleted,
    })),
  };
}

describe("a dry run", () => {
  test("plans exactly what the build then does, and writes nothing", async () => {
    await using feed = await makePackages(
      { id: "A", version: "1.0.0", icon },
      { id: "B", version: "1.0.0", icon },
      { id: "C", version: "1.0.0" },
    );
    const first = await compare(feed);
    expect(first.planned).toEqual(first.done);
    expect(first.counts[0]).toEqual(first.counts[1]);

    await feed.add({ id: "A", version: "1.1.0", icon });
    await feed.add({ id: "D", version: "1.0.0", icon });
    await feed.remove("C.1.0.0.nupkg");
    const second = await compare(feed);
    expect(second.planned).toEqual(second.done);
    expect(second.counts[0]).toEqual(second.counts[1]);

    for (const file of ["A.1.0.0", "A.1.1.0", "B.1.0.0"]) await feed.remove(`${file}.nupkg`);
    const third = await compare(feed);
    expect(third.planned).toEqual(third.done);
    expect(third.counts[0]).toEqual(third.counts[1]);
  });
});
