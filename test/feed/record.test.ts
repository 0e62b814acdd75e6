import { describe, expect, it, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import { makeRecord } from "../../src/feed/record.js";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { buildPackage, nuspecText, type PackageOptions } from "../support/package-builder.js";

const plainPackage: PackageOptions = {
  id: "Contoso.Core",
  version: "1.0",
  entryTime: "2024-01-02T03:04:06Z",
};
const encoder = new TextEncoder();

async function recordOf(options: Partial<PackageOptions> = {}) {
  const inspected = await inspectPackage(bytesSource(buildPackage({ ...plainPackage, ...options })));
  return await makeRecord(inspected, { size: 1000, sha512: "hash" }, digest);
}

describe("a record", () => {
  it("of a plain package holds nothing that is empty or false", async () => {
    expect(await recordOf()).toEqual({
      id: "Contoso.Core",
      version: "1.0.0",
      size: 1000,
      sha512: "hash",
      nuspecDigest: await digest(encoder.encode(nuspecText(plainPackage))),
      metadata: { authors: "Contoso", description: "Package Contoso.Core" },
      frameworks: ["net8.0"],
      entryTime: "2024-01-02T03:04:06+00:00",
    });
  });

  it("holds the version in full", async () => {
    expect(await recordOf({ version: "01.2.0.0-RC.1+Build" })).toMatchObject({
      version: "1.2.0-RC.1+Build",
      isSemVer2: true,
    });
  });

  it("is SemVer 2 when a bound of a dependency is, also when only its metadata says so", async () => {
    expect(await recordOf({ dependencies: { A: "[1.0,2.0.0-rc.1)" } })).toHaveProperty("isSemVer2", true);
    expect(await recordOf({ dependencies: { A: "1.0.0+build" } })).toHaveProperty("isSemVer2", true);
    expect(await recordOf({ dependencies: { A: "1.0.0-rc1" } })).not.toHaveProperty("isSemVer2");
  });

  it("holds when the package was made, if that is plausible", async () => {
    expect(await recordOf({ entryTime: "2024-05-01T10:00:00Z" })).toHaveProperty(
      "entryTime",
      "2024-05-01T10:00:00+00:00",
    );
    expect(await recordOf({ entryTime: "2000-01-01T00:00:00Z" })).not.toHaveProperty("entryTime");
  });

  it("names licence and readme by their content", async () => {
    const options = {
      license: { path: "LICENSE.md", content: "all yours" },
      readme: { path: "README.md", content: "# Core" },
    };
    expect(await recordOf(options)).toMatchObject({
      licenseFile: `${await digest(encoder.encode("all yours"))}.txt`,
      readmeDigest: await digest(encoder.encode("# Core")),
    });
  });

  it("names nothing that the nuspec names and the package does not hold", async () => {
    const absent = { path: "absent.md" };
    const record = await recordOf({ license: absent, readme: absent, icon: absent });
    for (const name of ["licenseFile", "readmeDigest", "icon"]) expect(record).not.toHaveProperty(name);
  });

  test.each([
    ["a PNG", "icon.jpg", "\x89PNG\r\n\x1a\n", "png"],
    ["a JPEG", "icon.png", "\xff\xd8\xff\xe0", "jpg"],
    ["a GIF", "icon.png", "GIF89a", "gif"],
    ["a WebP image", "icon.png", "RIFF\0\0\0\0WEBP", "webp"],
  ])("names an icon that is %s by its bytes, not by its name", async (_, path, text, extension) => {
    const content = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(await recordOf({ icon: { path, content } })).toHaveProperty(
      "icon",
      `${await digest(content)}.${extension}`,
    );
  });

  it("has no icon when its bytes are no image, such as a script in SVG", async () => {
    const icon = { path: "icon.png", content: "<svg><script>alert(1)</script></svg>" };
    expect(await recordOf({ icon })).not.toHaveProperty("icon");
  });
});
