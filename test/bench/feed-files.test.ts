import { describe, expect, test } from "vitest";
import { countFiles, countOf, feedFiles, filesPer, kindOf, packageName } from "../../bench/feed-files.js";
import {
  assetPath,
  leafPath,
  nupkgPath,
  nuspecPath,
  readmePath,
  registrationIndexPath,
  registrationPagePath,
  SEARCH_ANSWER,
  SERVICE_INDEX,
  shardPath,
  versionListPath,
} from "../../src/feed/urls.js";
import type { LowerId } from "../../src/nuget/id.js";
import type { LowerVersion } from "../../src/nuget/version.js";
import { FEED_FILE, partitionPath } from "../../src/state/layout.js";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: lower case already
const id = "contoso.core" as LowerId;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: lower case already
const version = "1.0.0-beta1" as LowerVersion;

describe("the kind of a file", () => {
  test.each([
    [nupkgPath(id, version), "package"],
    [nuspecPath(id, version), "nuspec"],
    [readmePath(id, version), "readme"],
    [leafPath(id, version), "leaf"],
    [versionListPath(id), "version list"],
    [registrationIndexPath("registration", id), "registration index"],
    [registrationIndexPath("registration-semver1", id), "registration index"],
    [registrationPagePath("registration-semver1", id, version, version), "registration page"],
    [assetPath("0a.png"), "asset"],
    [SEARCH_ANSWER, "search"],
    [shardPath(2, 3), "search"],
    [SERVICE_INDEX, "other"],
    [FEED_FILE, "state"],
    [partitionPath(255), "state"],
  ])("%s is %s", (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});

describe("counts of files", () => {
  const counts = countFiles([
    nupkgPath(id, version),
    nuspecPath(id, version),
    leafPath(id, version),
    readmePath(id, version),
    versionListPath(id),
    registrationIndexPath("registration", id),
    FEED_FILE,
  ]);

  test("tell how many each version and each id has, readmes not counted", () => {
    expect(filesPer(counts)).toEqual({ version: 3, id: 2 });
  });

  test("leave the state out of the feed", () => {
    expect(feedFiles(counts)).toBe(6);
    expect(countOf(counts, "state", "readme", "asset")).toBe(2);
  });
});

test("only packages have a package name", () => {
  expect(packageName(nupkgPath(id, version))).toBe("contoso.core.1.0.0-beta1");
  expect(packageName(leafPath(id, version))).toBeUndefined();
});
