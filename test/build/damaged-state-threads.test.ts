import { readdir, rm, truncate } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openFolder } from "../../src/store/fs.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { runNupress } from "../support/nupress-process.js";
import { makePackages, settings } from "../support/packages-fixture.js";
import { makeTemporaryFolder } from "../support/temporary-folder.js";

test("threads see damaged state as it is made again", async () => {
  const temporary = await makeTemporaryFolder();
  const packages = Array.from({ length: 30 }, (_, n) => ({
    id: `Contoso.Part${n % 10}`,
    version: `1.${n}.0`,
  }));
  await using feed = await makePackages(...packages);
  try {
    const output = path.join(temporary.path, "public");
    const store = openFolder(output);
    await feed.build({}, store);
    const before = await feed.tree(store);
    const state = path.join(output, "feed-state/packages");
    const [gone = "", ...names] = await readdir(state);
    await rm(path.join(state, gone));
    for (const name of names.slice(0, 4)) await truncate(path.join(state, name), 500);
    const address = ["--base-url", settings.baseUrl, "--no-site"];
    const args = ["build", feed.folder, "--output", output, ...address, "--threads", "2"];
    const { exitCode, stderr } = await runNupress(args);
    expect([exitCode, stderr.match(/^warning: State .* it is made again/gm)?.length ?? stderr]).toEqual([
      0, 5,
    ]);
    expect(await feed.tree(store)).toEqual(before);
    expect((await verifyStore(store)).findings).toEqual([]);
  } finally {
    await temporary.remove();
  }
});
