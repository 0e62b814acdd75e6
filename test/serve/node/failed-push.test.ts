/** Trying again what a server could not take in: no feed has the version, so it must not be called a duplicate for long. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../src/verify/node/verify.js";
import { usePublishServer } from "../../support/publish-server.js";

const { start, folder } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

test("a version whose push failed can soon be pushed with other bytes", async () => {
  const { push, close } = await start();
  const list = path.join(folder(), "v3/flat/contoso.core/index.json");
  await mkdir(path.dirname(list), { recursive: true });
  await writeFile(list, "somebody else's");
  expect((await push({ ...core, description: "First build" })).status).toBe(500);
  await rm(list);
  const again = async () => (await push({ ...core, description: "Second build" })).status;
  await expect.poll(again, { timeout: 10_000, interval: 1500 }).toBe(201);
  await close();
  expect((await verify({ folder: folder(), threads: 0 })).findings).toEqual([]);
});
