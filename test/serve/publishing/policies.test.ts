import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "../../../src/build/build.js";
import { readAudit } from "../../../src/publish/audit.js";
import { openFolder } from "../../../src/store/fs.js";
import { checkFeed } from "../../support/feed-checker.js";
import { buildPackage } from "../../support/package-builder.js";
import { makePackages, type PackagesFixture } from "../../support/packages-fixture.js";
import { newFeed, usePublishServer } from "../../support/publish-server.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };
const beta = { ...core, version: "1.0.0-beta" };
const nupkg = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";

describe("a version that is pushed again with other bytes", () => {
  test.each([
    ["never", beta, 409],
    ["never", core, 409],
    ["prerelease", beta, 201],
    ["prerelease", core, 409],
    ["always", beta, 201],
    ["always", core, 201],
  ] as const)("under the policy %s, %j: %s", async (overwrite, options, status) => {
    const { ask, push, json } = await start({ publish: { overwrite } });
    await push({ ...options, description: "First" });
    const again = buildPackage({ ...options, description: "Second" });
    expect((await push(again)).status).toBe(status);
    const leaf = await json(`v3/registration/contoso.core/index.json`);
    expect(JSON.stringify(leaf)).toContain(status === 201 ? "Second" : "First");
    const place = `v3/flat/contoso.core/${options.version}/contoso.core.${options.version}.nupkg`;
    const bytes = Buffer.from(await (await ask(place)).arrayBuffer());
    expect(bytes.equals(again)).toBe(status === 201);
  });

  test.each(["prerelease", "always"] as const)("the same bytes are 409 under %s too", async (overwrite) => {
    const { push } = await start({ publish: { overwrite } });
    await push(beta);
    expect((await push(beta)).status).toBe(409);
  });
});

describe("deleting, where that takes versions away", () => {
  const deleting = { publish: { deletion: "delete" } } as const;

  test("hides the version at once, takes its files away later, and is told once", async () => {
    const { ask, push, versions, close } = await start(deleting);
    await push(core);
    await push({ ...core, version: "2.0.0" });
    expect((await ask("v3/publish/contoso.core/1.0", { method: "DELETE" })).status).toBe(204);
    expect(await versions("contoso.core")).toEqual(["2.0.0"]);
    expect((await ask("v3/publish/contoso.core/1.0", { method: "DELETE" })).status).toBe(404);
    await close();
    await expect(readFile(path.join(folder(), nupkg))).rejects.toThrow("ENOENT");
    expect(await checkFeed(openFolder(folder()), newFeed.baseUrl)).toEqual([]);
  });

  test("of the last version leaves nothing of the id once the server tidied up", async () => {
    const { ask, push, json } = await start(deleting);
    await push(core);
    await ask("v3/publish/contoso.core/1.0.0", { method: "DELETE" });
    expect(await json("v3/search/query?q=contoso")).toMatchObject({ totalHits: 0 });
    const { versions } = await start();
    expect(await versions("contoso.core")).toBeUndefined();
  });

  test("of the last version lets it be pushed again at once, with other bytes", async () => {
    const { ask, push, json, versions } = await start(deleting);
    await push({ ...core, description: "First" });
    await ask("v3/publish/contoso.core/1.0.0", { method: "DELETE" });
    expect((await push({ ...core, description: "Second" })).status).toBe(201);
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
    expect(await json("v3/search/query?q=contoso")).toMatchObject({ totalHits: 1 });
    expect(await (await ask("v3/registration/contoso.core/index.json")).text()).toContain("Second");
  });

  describe("of what packages folders hold", () => {
    let packages: PackagesFixture;
    beforeEach(async () => {
      packages = await makePackages(core, { ...core, version: "2.0.0" });
      await packages.facts({ "Contoso.Core": { "2.0.0": { listed: false } } });
    });
    afterEach(async () => await packages[Symbol.asyncDispose]());

    test("is refused with what to do instead: 409", async () => {
      await build({ sources: [packages.folder], output: folder(), settings: newFeed });
      const { ask, versions } = await start(deleting);
      const answer = await ask("v3/publish/contoso.core/1.0.0", { method: "DELETE" });
      expect([answer.status, answer.statusText]).toEqual([
        409,
        'Cannot delete: the packages folder "packages" holds contoso.core 1.0.0, and the next build would bring it back; unlist it, or delete it there',
      ]);
      expect(await versions("contoso.core")).toEqual(["1.0.0", "2.0.0"]);
    });

    test("unlisting is done, and relisting", async () => {
      await build({ sources: [packages.folder], output: folder(), settings: newFeed });
      const { ask } = await start();
      expect((await ask("v3/publish/contoso.core/1.0.0", { method: "DELETE" })).status).toBe(204);
      expect((await ask("v3/publish/contoso.core/1.0.0", { method: "POST" })).status).toBe(200);
    });

    test.each(["unlist", "delete"] as const)(
      "what packages.json says counts more than relisting (%s)",
      async (deletion) => {
        await build({ sources: [packages.folder], output: folder(), settings: newFeed });
        const { ask } = await start({ publish: { deletion } });
        const answer = await ask("v3/publish/contoso.core/2.0.0", { method: "POST" });
        expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: "set-by-file" } }]);
      },
    );
  });
});

describe("the audit log", () => {
  test("has a line for every change and none for what changed nothing", async () => {
    const { ask, push } = await start({ publish: { overwrite: "always" } });
    await push(core);
    await push(core);
    await push({ ...core, description: "Other bytes" });
    await push(new Uint8Array(10));
    for (const method of ["DELETE", "DELETE", "POST", "POST"])
      await ask("v3/publish/contoso.core/1.0", { method });
    await ask("v3/publish/contoso.other/1.0", { method: "DELETE" });
    const { lines, damaged } = await readAudit(openFolder(folder()));
    expect(damaged).toEqual([]);
    expect(lines.map(({ action, id, version }) => `${action} ${id} ${version}`)).toEqual([
      "push Contoso.Core 1.0.0",
      "overwrite Contoso.Core 1.0.0",
      "unlist contoso.core 1.0.0",
      "relist contoso.core 1.0.0",
    ]);
    expect(lines[0]).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      action: "push",
      id: "Contoso.Core",
      version: "1.0.0",
      key: "anonymous",
      address: "127.0.0.1",
      request: expect.stringMatching(/^[\w-]{36}$/),
      sha512: expect.stringMatching(/^[\w+/]{86}==$/),
    });
  });

  test("that cannot be written undoes no push: it is told whoever runs the server", async () => {
    const { push, versions } = await start();
    await writeFile(path.join(folder(), "feed-state/audit"), "in the way");
    expect((await push(core)).status).toBe(201);
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
    expect(errors).toHaveLength(1);
  });
});
