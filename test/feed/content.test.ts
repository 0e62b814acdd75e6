import { describe, expect, it } from "vitest";
import { contentFiles } from "../../src/feed/content.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import { type RecordOptions, testDigest, testPackage } from "../support/records.js";

const settings: FeedSettings = { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25 };
const folder = "v3/flat/contoso.core/1.0.0-rc";

function filesOf(options: RecordOptions, folderFeed = false) {
  const { id, versions } = testPackage([{ version: "1.0.0-RC", ...options }]);
  return versions.flatMap((version) => contentFiles(id, version, { ...settings, folderFeed }));
}

function pathsOf(options: RecordOptions, folderFeed = false): string[] {
  return filesOf(options, folderFeed).map(({ path }) => path);
}

describe("the content of a version", () => {
  it("is at least its package and nuspec, the package first", () => {
    expect(pathsOf({})).toEqual([`${folder}/contoso.core.1.0.0-rc.nupkg`, `${folder}/contoso.core.nuspec`]);
  });

  it("has a hash beside the package where the flat container is a folder source", () => {
    expect(pathsOf({}, true)).toContain(`${folder}/contoso.core.1.0.0-rc.nupkg.sha512`);
  });

  it("has readme, icon and licence file when the record names them", () => {
    const [icon, licenseFile] = [`${testDigest("i")}.png`, `${testDigest("l")}.txt`];
    expect(pathsOf({ icon, licenseFile, readmeDigest: testDigest("r") })).toEqual([
      `${folder}/contoso.core.1.0.0-rc.nupkg`,
      `${folder}/contoso.core.nuspec`,
      `${folder}/readme`,
      `v3/assets/${icon}`,
      `v3/assets/${licenseFile}`,
    ]);
  });

  it("has a media type from what the bytes are", () => {
    const typeOf = (icon: string) => filesOf({ icon }).at(-1)?.contentType;
    expect(["0.png", "0.jpg", "0.gif", "0.webp", "0.svg"].map(typeOf)).toEqual([
      "image/png",
      "image/jpeg",
      "image/gif",
      "image/webp",
      "application/octet-stream",
    ]);
  });

  it("has another digest for the package, and for its hash, when the package has other bytes", () => {
    const digests = (content: string) =>
      filesOf({ content, nuspecDigest: testDigest("nuspec") }, true).map(({ digest }) => digest);
    const [old, changed] = [digests("old"), digests("new")];
    expect(changed.map((digest, i) => digest === old[i])).toEqual([false, false, true]);
  });
});
