import { describe, expect, it, test } from "vitest";
import {
  assetPath,
  feedUrl,
  isAssetPath,
  leafPath,
  nupkgHashPath,
  nupkgPath,
  nuspecPath,
  readmePath,
  registrationIndexPath,
  registrationPagePath,
  shardPath,
  templateUrl,
  versionListPath,
} from "../../src/feed/urls.js";
import { lowerVersion, parseVersion } from "../../src/nuget/version.js";
import { testId } from "../support/records.js";

const id = testId("Contoso.Core");

function lower(text: string) {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`no version: ${text}`);
  return lowerVersion(version);
}

describe("paths", () => {
  const version = lower("1.0-RC.1+Build");

  test.each([
    [versionListPath(id), "v3/flat/contoso.core/index.json"],
    [nupkgPath(id, version), "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg"],
    [nupkgHashPath(id, version), "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg.sha512"],
    [nuspecPath(id, version), "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.nuspec"],
    [readmePath(id, version), "v3/flat/contoso.core/1.0.0-rc.1/readme"],
    [registrationIndexPath("registration", id), "v3/registration/contoso.core/index.json"],
    [
      registrationPagePath("registration-semver1", id, lower("1.0"), lower("2.0")),
      "v3/registration-semver1/contoso.core/page/1.0.0/2.0.0.json",
    ],
    [leafPath(id, version), "v3/registration/contoso.core/1.0.0-rc.1.json"],
    [shardPath(3, 7), "v3/search/shards/3/7.json"],
  ])("%s", (path, expected) => {
    expect(path).toBe(expected);
  });

  it("tell assets from everything else", () => {
    expect(isAssetPath(assetPath("00.png"))).toBe(true);
    expect(isAssetPath(nupkgPath(testId("v3.assets"), version))).toBe(false);
  });
});

describe("addresses", () => {
  it("hold letters beyond ASCII percent-encoded as UTF-8", () => {
    const path = versionListPath(testId("Żółw.Core"));
    expect(path).toBe("v3/flat/żółw.core/index.json");
    expect(feedUrl("https://feed.example.com/nuget/", path)).toBe(
      "https://feed.example.com/nuget/v3/flat/%C5%BC%C3%B3%C5%82w.core/index.json",
    );
  });

  it("keep the braces of templates", () => {
    expect(templateUrl("https://feed.example.com/", "v3/flat/{lower_id}/{lower_version}/readme")).toBe(
      "https://feed.example.com/v3/flat/{lower_id}/{lower_version}/readme",
    );
  });
});
