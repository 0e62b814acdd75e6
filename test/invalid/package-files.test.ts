/** Zip files without what makes a package, or with entries that cannot be read. */
import { expect, test } from "vitest";
import { type ByteSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { nuspecText, packageEntries } from "../support/package-builder.js";
import { buildZip } from "../support/zip-builder.js";
import {
  bomb,
  type Case,
  core,
  mebibyte,
  packageWith,
  packageWithEntry,
  packageWithNuspec,
  patched,
  testRefused,
} from "./refused-packages.js";

const localHeader = "PK\x03\x04";

const files: readonly Case[] = [
  ["no nuspec", packageWith({ nuspecName: null }), "nuspec-missing", "no .nuspec in its root"],
  [
    "a nuspec in a folder only",
    packageWith({ nuspecName: "a/b.nuspec" }),
    "nuspec-missing",
    "no .nuspec in its root",
  ],
  [
    "two nuspecs",
    packageWithEntry({ name: "Other.NUSPEC" }),
    "nuspec-several",
    'two nuspecs in its root, "Contoso.Core.nuspec" and "Other.NUSPEC", one is needed',
  ],
  [
    "two nuspecs of one name",
    packageWithEntry({ name: "Contoso.Core.nuspec" }),
    "nuspec-several",
    'two nuspecs in its root, "Contoso.Core.nuspec" and "Contoso.Core.nuspec", one is needed',
  ],
  [
    "a nuspec that is too large",
    packageWith({ nuspec: bomb }),
    "package-file-too-large",
    `"Contoso.Core.nuspec" has ${2 * mebibyte} bytes, a nuspec may have ${mebibyte}`,
  ],
  [
    "a nuspec that inflates to more than it claims",
    packageWithNuspec({ content: nuspecText({ ...core, description: bomb }), claims: { size: 500 } }),
    "zip-damaged",
    "the zip is damaged: an entry does not inflate to the 500 bytes that its header claims",
  ],
  [
    "a nuspec that inflates to less than it claims",
    packageWithNuspec({ claims: { size: 5000 } }),
    "zip-damaged",
    "the zip is damaged: an entry does not inflate to the 5000 bytes that its header claims",
  ],
  [
    "a nuspec that is compressed to more than could be one",
    packageWithNuspec({ stored: true, content: bomb, claims: { size: 500, method: 8 } }),
    "package-file-too-large",
    `"Contoso.Core.nuspec" has ${2 * mebibyte} bytes, a nuspec may have ${mebibyte}`,
  ],
  [
    "a stored nuspec of two sizes",
    packageWithNuspec({ stored: true, claims: { size: 5 } }),
    "zip-damaged",
    'the zip is damaged: "Contoso.Core.nuspec" is stored, but its two sizes differ',
  ],
  [
    "a nuspec whose content is no deflate stream",
    packageWithNuspec({ stored: true, claims: { method: 8 } }),
    "zip-damaged",
    "the zip is damaged: the compressed content of an entry cannot be read",
  ],
  [
    "a nuspec compressed by another method",
    packageWithNuspec({ claims: { method: 14 } }),
    "zip-compression-method",
    '"Contoso.Core.nuspec" is compressed by method 14, only stored and deflated content can be read',
  ],
  [
    "a nuspec with the wrong checksum",
    packageWithNuspec({ claims: { crc32: 1 } }),
    "zip-damaged",
    'the zip is damaged: the checksum of "Contoso.Core.nuspec" does not match',
  ],
  [
    "no local header where the nuspec should be",
    patched(buildZip(packageEntries(core).slice(1, 2)), localHeader, 0, 0),
    "zip-damaged",
    'the zip is damaged: there is no entry where "Contoso.Core.nuspec" should be',
  ],
  [
    "a local header with a longer name",
    patched(buildZip(packageEntries(core).slice(1, 2)), localHeader, 26, 200),
    "zip-damaged",
    'the zip is damaged: "Contoso.Core.nuspec" reaches into the entry behind it',
  ],
  [
    "an icon that inflates to more than it claims",
    packageWith({
      icon: { path: "icon.png" },
      entries: [{ name: "icon.png", content: bomb, claims: { size: 10 } }],
    }),
    "zip-damaged",
    "the zip is damaged: an entry does not inflate to the 10 bytes that its header claims",
  ],
];

testRefused(files);

test("a source that fails is no fault of the package", async () => {
  const source: ByteSource = { size: 1000, read: () => Promise.reject(new Error("EIO")) };
  await expect(inspectPackage(source)).rejects.toThrow(new Error("EIO"));
});
