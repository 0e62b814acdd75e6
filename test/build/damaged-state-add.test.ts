/** Adding packages over damaged state. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTo } from "../../src/build/add.js";
import { countingStore } from "../support/counting-store.js";
import { copyOf, makeFeed, told, truncate } from "../support/damaged-feed.js";
import { copies, damages, old } from "../support/damaged-state.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

describe("add refuses damaged state, and writes nothing", () => {
  const refused = damages.filter(({ what }) => !what.includes("record that was changed"));

  test.for(refused)("($what)", async ({ damage }) => {
    await using other = await makePackages({ id: "Contoso.Core", version: "7.0.0" });
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    store.reset();
    const packages = [path.join(other.folder, "Contoso.Core.7.0.0.nupkg")];
    await expect(addTo(store, { packages })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:state-corrupt|foreign-feed)$/),
      hint: expect.stringMatching(/nupress build|feed-state/),
    });
    expect(store.putPaths().filter((path) => path !== "feed-state/lock")).toEqual([]);
    expect(await copies(store)).toEqual([]);
  });

  test("of the ids that it is about; the damage of others is for the next build", async () => {
    await using other = await makePackages({ id: "Contoso.New", version: "7.0.0" });
    const store = await copyOf(feed.store);
    await truncate(store, old, 50);
    await addTo(store, { packages: [path.join(other.folder, "Contoso.New.7.0.0.nupkg")] }).catch(() => {});
    const { problems } = await feed.build({}, store);
    expect(problems.map(({ code }) => code)).toEqual(["state-damaged"]);
    expect(await told(store)).toEqual([]);
  });
});
