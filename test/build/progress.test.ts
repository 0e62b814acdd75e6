import { expect, test } from "vitest";
import type { Progress } from "../../src/build/options.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

/** The last word of each phase of a build. */
async function lastSteps(feed: PackagesFixture, allowMassRemoval = false): Promise<Progress[]> {
  const last = new Map<string, Progress>();
  const onProgress = (progress: Progress) => last.set(progress.phase, progress);
  await feed.build({ onProgress, allowMassRemoval });
  return [...last.values()];
}

test("a build tells how far each of its phases is, and nothing of those that have nothing to do", async () => {
  await using feed = await makePackages({ id: "A", version: "1.0.0" }, { id: "B", version: "1.0.0" });
  expect(await lastSteps(feed)).toEqual([
    { phase: "scan", done: 2 },
    { phase: "inspect", done: 2, total: 2 },
    { phase: "write", done: 2, total: 2 },
    { phase: "fold", done: 1, total: 1 },
  ]);
  await feed.remove("B.1.0.0.nupkg");
  feed.store.reset();
  const steps = await lastSteps(feed, true);
  const deleted = feed.store.deletedPaths().filter((path) => path.startsWith("v3/")).length;
  expect(deleted).toBeGreaterThan(3);
  expect(steps).toEqual([
    { phase: "scan", done: 1 },
    { phase: "write", done: 1, total: 1 },
    { phase: "fold", done: 1, total: 1 },
    { phase: "delete", done: deleted, total: deleted },
  ]);
  expect(await lastSteps(feed)).toEqual([{ phase: "scan", done: 1 }]);
});

test("a build that is told to stop deletes nothing more", async () => {
  await using feed = await makePackages({ id: "A", version: "1.0.0" }, { id: "B", version: "1.0.0" });
  await feed.build();
  await feed.remove("B.1.0.0.nupkg");
  feed.store.reset();
  const abort = new AbortController();
  const onProgress = ({ phase }: Progress) => phase === "fold" && abort.abort();
  const stopped = feed.build({ allowMassRemoval: true, signal: abort.signal, onProgress });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  expect(feed.store.deletedPaths().filter((path) => path.startsWith("v3/"))).toEqual([]);
  expect(await feed.build({ allowMassRemoval: true })).toMatchObject({ versions: 1 });
  expect(await feed.tree()).not.toHaveProperty(["v3/flat/b/index.json"]);
});
