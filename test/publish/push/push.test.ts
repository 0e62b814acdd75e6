/** Pushes over a store without a lock: what lies there afterwards, and what is refused. */
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { changePublished } from "../../../src/publish/push/change-version.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { checkFeed } from "../../support/feed-checker.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";

const lower = (text: string) => lowerVersion(parseVersion(text)!);

describe("a push", () => {
  test("into an empty store begins a sound feed", async () => {
    const context = await pushContext(createMemoryStore());
    expect(await createFeed(context)).toBe(true);
    expect(await push(context, { id: "Contoso.Core", version: "1.0.0" })).toMatchObject({ kind: "created" });
    expect(await push(context, { id: "Contoso.Core", version: "1.1.0" })).toMatchObject({ kind: "created" });
    expect(await push(context, { id: "Contoso.Core", version: "1.0.0" })).toMatchObject({ kind: "exists" });
    await runScheduled(context, { grace: 0 });
    expect(await checkFeed(context.store, context.settings.baseUrl)).toEqual([]);
    expect(await changePublished(context, testId("contoso.core"), lower("1.0.0"), "unlist")).toMatchObject({
      kind: "changed",
    });
    expect(await changePublished(context, testId("contoso.core"), lower("1.1.0"), "delete")).toMatchObject({
      kind: "changed",
    });
    await runScheduled(context, { grace: 0 });
    expect(await checkFeed(context.store, context.settings.baseUrl)).toEqual([]);
  });
});
