import { expect, test } from "vitest";
import { parseRequestPath } from "../../../src/serve/files/request-path.js";

test.each([
  ["/", "", true],
  ["/v3/index.json", "v3/index.json", false],
  ["/v3/", "v3", true],
  ["/v3/search/query.json/", "v3/search/query.json", true],
  ["/v3/flat/gr%C3%BC%C3%9Fe/a%20b", "v3/flat/grüße/a b", false],
  ["/v3/%41", "v3/A", false],
  ["/.well-known/x", ".well-known/x", false],
  ["/v3/feed-state/x", "v3/feed-state/x", false],
])("%s is %j (as folder: %s)", (pathname, path, isFolder) => {
  expect(parseRequestPath(pathname, "/")).toEqual({ path, isFolder });
});

test.each([
  "//",
  "//etc/passwd",
  "/a//b",
  "/a//",
  "/..%2fsecret",
  "/v3/..%2F..%2Fetc/passwd",
  "/%2e%2e/x",
  "/a/%2e%2e%2fb",
  "/%5c..%5cx",
  "/a%00b",
  "/a%2fb",
  "/%ff",
  "/%zz",
  "/a%",
  "/feed-state",
  "/feed-state/",
  "/feed-state/feed.json",
  "/FEED-STATE/feed.json",
  "/feed%2dstate/feed.json",
  "/feed-%EF%AC%86ate/feed.json",
  "/%EF%BD%86eed-state/feed.json",
  "/.git/config",
  "/v3/.nupress-1-a-1.tmp",
])("%s is nothing that a feed shows", (pathname) => {
  expect(parseRequestPath(pathname, "/")).toBeUndefined();
});

test.each([
  ["/feeds/my", { path: "", isFolder: false }],
  ["/feeds/my/", { path: "", isFolder: true }],
  ["/feeds/my/v3/index.json", { path: "v3/index.json", isFolder: false }],
  ["/feeds/mystery", undefined],
  ["/v3/index.json", undefined],
  ["/", undefined],
])("below the mount path /feeds/my/, %s is %j", (pathname, expected) => {
  expect(parseRequestPath(pathname, "/feeds/my/")).toEqual(expected);
});
