/** Pushes to a server whose folder, or its right to write there, went away without a word. */
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { breakLease } from "../../../src/publish/lease.js";
import { openFolder } from "../../../src/store/fs.js";
import { usePublishServer } from "../../support/publish-server.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

test("a server that was unlocked takes no push from then on", async () => {
  const { push } = await start();
  await breakLease(openFolder(folder()));
  expect((await push(core)).status).toBe(500);
  expect(errors).toMatchObject([{ code: "lock-lost" }]);
});

test("nothing is pushed into a new folder in the place of the one that was served", async () => {
  const { push } = await start();
  const kept = path.join(folder(), "..", `${path.basename(folder())}-kept`);
  await rename(folder(), kept);
  await mkdir(folder());
  expect((await push(core)).status).toBe(500);
  expect(await readdir(folder())).toEqual([]);
  await rm(kept, { recursive: true });
});

test("a feed whose settings are gone is not changed with those of a new one", async () => {
  const { push } = await start();
  await push(core);
  await rm(path.join(folder(), "feed-state/feed.json"));
  expect((await push({ ...core, version: "2.0.0" })).status).toBe(500);
  expect(errors).toMatchObject([{ code: "feed-missing" }]);
});
