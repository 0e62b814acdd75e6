/** What becomes of packages whose records are lost, when no folder has them or they cannot be read any more. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTo } from "../../src/build/add.js";
import { bytesOf, copyOf, makeFeed, told, truncate } from "../support/damaged-feed.js";
import { core, messages } from "../support/damaged-state.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

describe("versions that no folder of the build holds", () => {
  const added = { id: "Contoso.Core", version: "9.0.0", entryTime: "2020-01-01T00:00:00Z" };

  /** A feed of one folder, with one version more that was added, whose records are lost. */
  const makeDamaged = async (): Promise<PackagesFixture> => {
    const packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await using other = await makePackages(added);
    await packages.build();
    await addTo(packages.store, {
      packages: [path.join(other.folder, "Contoso.Core.9.0.0.nupkg")],
      now: new Date("2026-05-01T10:00:00Z"),
    });
    return packages;
  };

  test("stay as they were published, and are named", async () => {
    await using packages = await makeDamaged();
    const before = await packages.tree();
    await truncate(packages.store, core, 50);
    const { problems } = await packages.build();
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged", "version-recovered"]);
    expect(messages(problems)[1]).toMatch(/^Kept Contoso\.Core 9\.0\.0: no file of this build holds them/);
    expect(await packages.tree()).toEqual(before);
    expect((await packages.build()).problems).toEqual([]);
    expect(await packages.tree()).toEqual(before);
  });

  test("belong to the next one who brings them, and leave with their file then", async () => {
    await using packages = await makeDamaged();
    await truncate(packages.store, core, 50);
    await packages.build();
    await packages.add(added);
    await packages.build();
    await packages.remove("Contoso.Core.9.0.0.nupkg");
    await packages.build();
    expect(await packages.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.0.0"] });
  });

  test("keep what another folder says of them until that is built again", async () => {
    await using packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await using other = await makePackages({ id: "Contoso.Core", version: "2.0.0" });
    await other.facts({ "Contoso.Core": { "2.0.0": { listed: false } } });
    await packages.build();
    await other.build({ sourceName: "other" }, packages.store);
    const before = await packages.tree();
    await truncate(packages.store, core, 50);
    await packages.build();
    expect(await packages.tree()).toEqual(before);
    await other.build({ sourceName: "other" }, packages.store);
    await other.facts({});
    await other.build({ sourceName: "other" }, packages.store);
    expect(await packages.json("v3/registration/contoso.core/2.0.0.json")).toMatchObject({ listed: true });
  });
});

describe("a package of the feed that cannot be read any more", () => {
  const nupkg = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";

  test("is replaced by the file of the folder", async () => {
    const store = await copyOf(feed.store);
    await truncate(store, core, 50);
    await truncate(store, nupkg, 30);
    const { problems } = await feed.build({}, store);
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged", "package-lost"]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
  });

  test("leaves the feed where nobody else has it, and is not deleted", async () => {
    await using packages = await makePackages(
      { id: "Contoso.Core", version: "1.0.0" },
      { id: "Contoso.Core", version: "1.1.0" },
    );
    await packages.build();
    await truncate(packages.store, core, 50);
    await truncate(packages.store, nupkg, 30);
    await packages.remove("Contoso.Core.1.0.0.nupkg");
    await packages.build();
    expect(await packages.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.1.0"] });
    expect(await told(packages.store)).toEqual([`file-extra ${nupkg}`]);
    expect(await bytesOf(packages.store, nupkg)).toHaveLength(30);
  });
});
