import { expect, test } from "vitest";
import { RefusedBuildError } from "../../src/build/guards.js";
import { exitCodeOf } from "../../src/cli/exit-code.js";
import { FeedError, PackageError } from "../../src/errors.js";

const running = new AbortController().signal;
const stopped = AbortSignal.abort();

test.each([
  ["a defect", new TypeError("x is undefined"), 1],
  ["something that is no error", "text", 1],
  ["a full disk", new FeedError("store-full", ""), 1],
  ["a damaged state", new FeedError("state-corrupt", ""), 1],
  ["a wrong flag", new FeedError("usage", ""), 2],
  ["a missing base URL", new FeedError("base-url-missing", ""), 2],
  ["an unknown setting", new FeedError("settings-unknown", ""), 2],
  ["no packages", new FeedError("no-packages", ""), 2],
  ["most packages gone", new FeedError("mass-removal", ""), 2],
  ["a refused build", new RefusedBuildError("strict", "", []), 3],
  ["a version with other bytes", new RefusedBuildError("version-conflict", "", []), 3],
  ["a version that was added with other bytes", new FeedError("version-exists", ""), 3],
  ["a lock that somebody else holds", new FeedError("locked", ""), 4],
  ["a broken package that nobody handled", new PackageError("zip-damaged", ""), 1],
])("%s ends with its exit code", (_, error, expected) => {
  expect(exitCodeOf(error, running)).toBe(expected);
});

test("an interruption ends with 130, a failure on the way there with its own code", () => {
  expect(exitCodeOf(stopped.reason, stopped)).toBe(130);
  expect(exitCodeOf(new DOMException("stop", "AbortError"), stopped)).toBe(130);
  expect(exitCodeOf(new FeedError("store-full", ""), stopped)).toBe(1);
  expect(exitCodeOf(new DOMException("stop", "AbortError"), running)).toBe(1);
});
