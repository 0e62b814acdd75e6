/**
 * Inspection of whole packages. Broken ones are in test/invalid.
 */
import { expect, test } from "vitest";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { type InspectedPackage, inspectPackage } from "../../src/nuget/inspect.js";
import { findFile, openPackage, readFile, sizeLimits } from "../../src/nuget/package-archive.js";
import { countingSource } from "../support/counting-source.js";
import { buildPackage, nuspecText, type PackageOptions } from "../support/package-builder.js";
import { buildSignature } from "../support/signature-builder.js";

const core = { id: "Contoso.Core", version: "1.0.0" };

async function inspect(options: Partial<PackageOptions> = {}): Promise<InspectedPackage> {
  return inspectPackage(bytesSource(buildPackage({ ...core, ...options })));
}

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

test("a plain package is inspected without warnings", async () => {
  const inspected = await inspect({ files: { "lib/net8.0/Contoso.Core.dll": "MZ" } });
  expect(inspected).toMatchObject({
    nuspec: { id: "Contoso.Core", version: { major: 1 } },
    signature: "none",
    targetFrameworks: ["net8.0"],
    hasSymbols: false,
    newestEntryTime: "2024-01-02T03:04:06+00:00",
    warnings: [],
  });
  expect(inspected.icon).toBeUndefined();
  expect(inspected.readme).toBeUndefined();
  expect(inspected.license).toBeUndefined();
});

test("the files of a package are listed with their sizes, folders are not", async () => {
  const { entries } = await inspect({
    files: { "lib/net8.0/a.txt": "a".repeat(1000) },
    entries: [{ name: "docs/" }, { name: "docs\\My%20File.txt", content: "abc", stored: true }],
  });
  expect(entries.map(({ name }) => name)).toEqual([
    "_rels/.rels",
    "Contoso.Core.nuspec",
    "lib/net8.0/a.txt",
    "[Content_Types].xml",
    "docs/My File.txt",
  ]);
  expect(entries[4]).toEqual({ name: "docs/My File.txt", size: 3, compressedSize: 3 });
  expect(entries[2]).toMatchObject({
    size: 1000,
    compressedSize: expect.toSatisfy((size: number) => size < 50),
  });
});

test("the nuspec's bytes are those in the package", async () => {
  const nuspec = `\ufeff${nuspecText(core).replaceAll("\n", "\r\n")}`;
  const bytes = new TextEncoder().encode(nuspec);
  expect((await inspect({ nuspec: bytes })).nuspecBytes).toEqual(bytes);
});

test.for(["Contoso.Core.nuspec", "contoso.core.NUSPEC", "other.nuspec", ".nuspec", "My%20Package.nuspec"])(
  "a nuspec may be called %s",
  async (nuspecName) => {
    expect((await inspect({ nuspecName })).nuspec.id).toBe("Contoso.Core");
  },
);

test("nuspecs in folders do not count", async () => {
  const entries = [{ name: "content/other.nuspec" }, { name: "content\\third.nuspec" }];
  expect((await inspect({ entries })).nuspec.id).toBe("Contoso.Core");
});

test("icon, readme and licence file are read", async () => {
  const inspected = await inspect({
    icon: { path: "images/icon.png", content: "icon" },
    readme: { path: "README.md", content: "# Core" },
    license: { path: "LICENSE", content: "MIT" },
  });
  expect(inspected.icon?.path).toBe("images/icon.png");
  expect([inspected.icon, inspected.readme, inspected.license].map((file) => text(file?.bytes))).toEqual([
    "icon",
    "# Core",
    "MIT",
  ]);
  expect(inspected.warnings).toEqual([]);
});

test.for([
  ["images\\icon.png", "images/icon.png"],
  ["images/icon.png", "images\\icon.png"],
  ["./images/icon.png", "images/icon.png"],
  ["/images/icon.png", "images/icon.png"],
  ["Images/Icon.PNG", "images/icon.png"],
  ["my icon.png", "my%20icon.png"],
  ["größe.png", "gr%C3%B6%C3%9Fe.png"],
  ["100%.png", "100%.png"],
] as const)("the icon %j is the entry %j", async ([path, name]) => {
  expect(text((await inspect({ icon: { path }, entries: [{ name, content: "icon" }] })).icon?.bytes)).toBe(
    "icon",
  );
});

test("of files that differ in letter case the exact one is read", async () => {
  const entries = [
    { name: "ICON.png", content: "upper" },
    { name: "icon.png", content: "lower" },
  ];
  expect(text((await inspect({ icon: { path: "icon.png" }, entries })).icon?.bytes)).toBe("lower");
});

test("files for readers that are too large are left out with a warning", async () => {
  const content = "a".repeat(1024 * 1024 + 1);
  const inspected = await inspect({
    icon: { path: "icon.png", content },
    readme: { path: "README.md", content },
    license: { path: "LICENSE", content },
  });
  expect(inspected.icon).toBeUndefined();
  expect(inspected.readme).toBeUndefined();
  expect(inspected.license).toBeUndefined();
  expect(inspected.warnings).toEqual([
    '"icon.png" has 1048577 bytes, an icon may have 1048576: it is left out',
    '"README.md" has 1048577 bytes, a readme may have 1048576: it is left out',
    '"LICENSE" has 1048577 bytes, a licence file may have 1048576: it is left out',
  ]);
});

test("files that the nuspec names but the package lacks are warnings", async () => {
  const inspected = await inspect({
    icon: { path: "icon.png" },
    readme: { path: "README.md" },
    license: { path: "LICENSE" },
  });
  expect(inspected.icon).toBeUndefined();
  expect(inspected.warnings).toEqual([
    'the nuspec names an icon "icon.png" that is not in the package',
    'the nuspec names a readme "README.md" that is not in the package',
    'the nuspec names a licence file "LICENSE" that is not in the package',
  ]);
});

test("a licence expression names no file", async () => {
  const inspected = await inspect({ license: "MIT", files: { MIT: "text" } });
  expect(inspected.license).toBeUndefined();
});

test.for(["author", "repository"] as const)("a package signed by its %s says so", async (kind) => {
  const content = buildSignature({ kind, countersigned: true });
  const inspected = await inspect({ entries: [{ name: ".signature.p7s", content, stored: true }] });
  expect(inspected.signature).toBe(kind);
});

test("a signature of no known kind is a warning", async () => {
  const inspected = await inspect({ entries: [{ name: ".signature.p7s", content: "?", stored: true }] });
  expect(inspected.signature).toBe("none");
  expect(inspected.warnings).toEqual(["its signature is neither an author's nor a repository's"]);
});

test("symbols inside of a package are noticed", async () => {
  expect((await inspect({ files: { "lib/net8.0/a.pdb": "" } })).hasSymbols).toBe(true);
});

test("a package without plausible entry times has no time", async () => {
  expect((await inspect({ entryTime: "2000-01-01T00:00:00Z" })).newestEntryTime).toBeUndefined();
});

test("a package with thousands of oddities has twenty warnings and their number", async () => {
  const dependencies = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`A${index}`, "odd"]));
  const { warnings } = await inspect({ dependencies });
  expect([warnings.length, warnings.at(-1)]).toEqual([21, "980 more warnings"]);
});

test("what is inspected can be sent to another thread without all that was read around it", async () => {
  const inspected = await inspect({
    entries: [{ name: "icon.png", content: "icon", stored: true }],
    icon: { path: "icon.png" },
  });
  expect(structuredClone(inspected)).toEqual(inspected);
  expect(inspected.icon?.bytes.buffer.byteLength).toBe(4);
});

test("a small package is inspected with one read", async () => {
  const source = countingSource(buildPackage({ ...core, readme: { path: "README.md", content: "# Core" } }));
  await inspectPackage(source);
  expect(source.reads).toEqual([{ offset: 0, length: source.size }]);
});

test("of a large package only the end, the nuspec and what it names are read", async () => {
  const source = countingSource(
    buildPackage({
      ...core,
      readme: { path: "README.md", content: "# Core" },
      entries: [{ name: "lib/net8.0/a.dll", content: new Uint8Array(500_000), stored: true }],
    }),
  );
  await inspectPackage(source);
  expect(source.reads.length).toBe(3);
});

test("single files can be read later without a full inspection", async () => {
  const readme = { path: "docs/README.md", content: "# Core" };
  const archive = await openPackage(bytesSource(buildPackage({ ...core, readme })));
  const file = findFile(archive, "docs\\readme.md");
  expect(file?.path).toBe("docs/README.md");
  expect(text(file && (await readFile(archive, file, sizeLimits.readme)))).toBe("# Core");
  expect(findFile(archive, "absent.md")).toBe(undefined);
});
