import { describe, expect, it, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import { FeedError } from "../../src/errors.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import {
  decodeFeedFile,
  encodeFeedFile,
  feedSettingsDigest,
  idSettingsDigest,
} from "../../src/state/feed-file.js";

const settings: FeedSettings = { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25 };

function decode(value: unknown) {
  return decodeFeedFile(new TextEncoder().encode(JSON.stringify(value)));
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("feed.json", () => {
  it("gives back the settings that were written", () => {
    const dynamic = { ...settings, dynamicUrl: "https://api.example.com/" };
    expect(decodeFeedFile(encodeFeedFile(dynamic))).toEqual({ format: 1, settings: dynamic });
  });

  it("of a later format is refused with a word about versions, whatever else it holds", () => {
    const error = errorOf(() => decode({ format: 2, feeds: [] }));
    expect(error).toBeInstanceOf(FeedError);
    expect(error).toMatchObject({
      code: "state-newer",
      message: 'Cannot read "feed-state/feed.json": its format is 2, and this version knows 1',
      hint: "use the version of nupress that wrote it, or a later one",
    });
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["no format", { settings }],
    ["a format that is text", { format: "1", settings }],
    ["no settings", { format: 1 }],
    ["settings that are null", { format: 1, settings: null }],
    ["no base URL", { format: 1, settings: { ...settings, baseUrl: undefined } }],
    ["a base URL that is no text", { format: 1, settings: { ...settings, baseUrl: 7 } }],
    ["a folder feed that is neither yes nor no", { format: 1, settings: { ...settings, folderFeed: "no" } }],
    ["no size of the search answer", { format: 1, settings: { ...settings, staticSearch: undefined } }],
  ])("with %s is damaged", (_, value) => {
    expect(errorOf(() => decode(value))).toMatchObject({
      code: "state-corrupt",
      message: 'Cannot read "feed-state/feed.json": it is damaged',
    });
  });
});

describe("digests of settings", () => {
  test.each([
    ["baseUrl", { ...settings, baseUrl: "https://other.example.com/" }, true],
    ["folderFeed", { ...settings, folderFeed: true }, true],
    ["staticSearch", { ...settings, staticSearch: 0 }, false],
    ["dynamicUrl", { ...settings, dynamicUrl: "https://api.example.com/" }, false],
  ])("show a change of %s where it changes documents", async (_, changed, changesIds) => {
    const isSame = (await idSettingsDigest(changed, digest)) === (await idSettingsDigest(settings, digest));
    expect(isSame).toBe(!changesIds);
    expect(await feedSettingsDigest(changed, digest)).not.toBe(await feedSettingsDigest(settings, digest));
  });
});
