/** Zip files that are none, or that no package would be. */
import { expect, test } from "vitest";
import { type ByteSource, bytesSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { buildEntryFlood, utf8 } from "../support/zip-builder.js";
import {
  type Case,
  mebibyte,
  packageWith,
  packageWithEntry,
  patched,
  testRefused,
} from "./refused-packages.js";

const plain = packageWith({});
const endRecord = "PK\x05\x06";
const directoryHeader = "PK\x01\x02";

const zips: readonly Case[] = [
  ["an empty file", new Uint8Array(), "zip-empty", "the file is empty, a package is a zip file"],
  ["a text", utf8("hello, world, this is no zip file"), "zip-not-a-zip", "not a zip file, a package is one"],
  ["a single byte", utf8("P"), "zip-not-a-zip", "not a zip file, a package is one"],
  [
    "a truncated zip",
    plain.subarray(0, plain.length - 5),
    "zip-truncated",
    "the zip is truncated: it has no end record",
  ],
  [
    "a zip without its beginning",
    plain.subarray(100),
    "zip-damaged",
    "the zip is damaged: its end record does not point to its directory",
  ],
  [
    "a zip in several files",
    patched(plain, endRecord, 4, 1),
    "zip-split",
    "the zip is split over several files, one file is needed",
  ],
  [
    "a zip64 locator that leads nowhere",
    patched(packageWith({ zip: { zip64: true } }), "PK\x06\x06", 0, 0),
    "zip-damaged",
    "the zip is damaged: its zip64 locator does not point to a zip64 end record",
  ],
  [
    "more entries than claimed",
    packageWith({ zip: { claimedEntryCount: 2 } }),
    "zip-damaged",
    "the zip is damaged: it has more entries than its end record says",
  ],
  [
    "fewer entries than claimed",
    packageWith({ zip: { claimedEntryCount: 9 } }),
    "zip-damaged",
    "the zip is damaged: it has fewer entries than its end record says",
  ],
  [
    "a directory that ends within an entry",
    patched(plain, directoryHeader, 28, 200),
    "zip-damaged",
    "the zip is damaged: its directory ends within an entry",
  ],
  [
    "a million entries",
    buildEntryFlood(1_000_000),
    "zip-too-many-entries",
    "the zip has 1000000 entries, a package may have 100000",
  ],
  [
    "a million entries that the end record conceals",
    patched(buildEntryFlood(65_535 * 15), "PK\x06\x06", 34, 0),
    "zip-too-many-entries",
    "the zip has a directory of 46202175 bytes, a package may have 33554432",
  ],
  [
    "an encrypted entry",
    packageWithEntry({ name: "lib/secret.dll", content: "?", encrypted: true }),
    "zip-encrypted",
    '"lib/secret.dll" is encrypted, a package is not',
  ],
  [
    "two entries at the same place",
    packageWithEntry({ name: "again.txt", content: "x", claims: { offset: 0 } }),
    "zip-overlap",
    '"_rels/.rels" and "again.txt" overlap in the zip',
  ],
  [
    "an entry that reaches into the next one",
    packageWith({ entries: [{ name: "a", content: "x", claims: { compressedSize: 40 } }, { name: "b" }] }),
    "zip-overlap",
    '"a" and "b" overlap in the zip',
  ],
  [
    "an entry that reaches into the directory",
    packageWithEntry({ name: "a", content: "x", claims: { compressedSize: 4000 } }),
    "zip-damaged",
    'the zip is damaged: "a" reaches into the directory',
  ],
  ...[
    "../a.txt",
    "lib/../../a.txt",
    "lib/..",
    "..\\a.txt",
    "/etc/a",
    "\\a",
    "C:\\a",
    "c:/a",
    "%2e%2e/a",
    "a/%2E%2E/b",
  ].map(
    (name): Case => [
      `an entry ${name}`,
      packageWithEntry({ name }),
      "zip-entry-path",
      `entry "${name.replaceAll("\\", "/")}" leads out of the package, paths must be relative and without ".."`,
    ],
  ),
];

testRefused(zips);

test("a claimed million entries costs no read of the directory", async () => {
  const inner = bytesSource(buildEntryFlood(1_000_000));
  let bytesRead = 0;
  const source: ByteSource = {
    size: inner.size,
    read: (offset, length) => {
      bytesRead += length;
      return inner.read(offset, length);
    },
  };
  await expect(inspectPackage(source)).rejects.toThrow("1000000 entries");
  expect(bytesRead).toBeLessThan(mebibyte);
});
