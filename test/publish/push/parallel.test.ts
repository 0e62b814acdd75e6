/** Many pushes at the same time. */
import { describe, expect, test } from "vitest";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { openFolder } from "../../../src/store/fs.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { checkFeed } from "../../support/feed-checker.js";
import type { PackageOptions } from "../../support/package-builder.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testSettings } from "../../support/render-feed.js";
import { makeTemporaryFolder } from "../../support/temporary-folder.js";

const one = Array.from(
  { length: 10 },
  (_, n): PackageOptions => ({ id: "Contoso.Core", version: `1.${n}.0` }),
);
const same = ["a", "b", "c", "d", "e"].map((description): PackageOptions => {
  return { id: "Contoso.Same", version: "1.0.0", description };
});
const others = Array.from(
  { length: 35 },
  (_, n): PackageOptions => ({ id: `Contoso.N${n}`, version: "1.0.0" }),
);

/** Each push is a process of its own, as far as it can tell. */
async function pushAll(store: Store, isShared: boolean): Promise<void> {
  await createFeed(await pushContext(store, { isShared }));
  const results = await Promise.all(
    [...one, ...same, ...others].map(async (options) => {
      const { kind } = await push(await pushContext(store, { isShared }), options);
      return { id: options.id, kind };
    }),
  );
  const kindsOf = (ids: RegExp) => results.filter(({ id }) => ids.test(id)).map(({ kind }) => kind);
  expect(kindsOf(/Core|N\d/)).toEqual(Array.from({ length: 45 }, () => "created"));
  expect(kindsOf(/Same/).sort()).toEqual(["created", "exists", "exists", "exists", "exists"]);
  await runScheduled(await pushContext(store, { isShared }), { grace: 0 });
  expect(await checkFeed(store, testSettings.baseUrl)).toEqual([]);
  expect((await verifyStore(store)).findings).toEqual([]);
}

describe("50 pushes at the same time", () => {
  test.for([true, false])(
    "are all shown, and of one version exactly one wins (others write: %s)",
    async (isShared) => {
      await expect(pushAll(createMemoryStore(), isShared)).resolves.toBeUndefined();
    },
  );

  test("into a folder are all shown, and of one version exactly one wins", async () => {
    const folder = await makeTemporaryFolder();
    try {
      await expect(pushAll(openFolder(folder.path), false)).resolves.toBeUndefined();
    } finally {
      await folder.remove();
    }
  });
});
