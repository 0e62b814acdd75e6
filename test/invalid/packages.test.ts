/**
 * Files that are no packages, each with what a user is told. The message is a reason; the commands put the file's
 * name before it.
 */
import { expect, test } from "vitest";
import { PackageError } from "../../src/errors.js";
import { type ByteSource, bytesSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { buildPackage, nuspecText, type PackageOptions, packageEntries } from "../support/package-builder.js";
import { buildEntryFlood, buildZip, concat, utf8, type ZipEntry } from "../support/zip-builder.js";

const core = { id: "Contoso.Core", version: "1.0.0" };
const mebibyte = 1024 * 1024;

function packageWith(options: Partial<PackageOptions>): Uint8Array {
  return buildPackage({ ...core, ...options });
}

function packageWithEntry(entry: ZipEntry): Uint8Array {
  return packageWith({ entries: [entry] });
}

/** A valid package whose nuspec's entry is changed. */
function packageWithNuspec(change: Partial<ZipEntry>): Uint8Array {
  const entries = packageEntries(core);
  return buildZip(
    entries.map((entry) => (entry.name === "Contoso.Core.nuspec" ? { ...entry, ...change } : entry)),
  );
}

function packageWithMetadata(xml: string): Uint8Array {
  return packageWith({ nuspec: `<package><metadata>${xml}</metadata></package>` });
}

/** The bytes from the last occurrence of a signature, changed at an offset from it. */
function patched(bytes: Uint8Array, signature: string, offset: number, value: number): Uint8Array {
  const at = Buffer.from(bytes).lastIndexOf(signature, undefined, "latin1");
  return concat([bytes.subarray(0, at + offset), Uint8Array.of(value), bytes.subarray(at + offset + 1)]);
}

const plain = packageWith({});
const endRecord = "PK\x05\x06";
const directoryHeader = "PK\x01\x02";
const localHeader = "PK\x03\x04";
const entityBomb = `<!DOCTYPE package [<!ENTITY a "${"a".repeat(1000)}">${Array.from(
  { length: 20 },
  (_, index) => `<!ENTITY a${index} "&a;&a;&a;&a;">`,
).join("")}]>`;
const bomb = "a".repeat(2 * mebibyte);

type Case = readonly [title: string, bytes: Uint8Array, code: string, message: string];

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

const xmlError = "its nuspec is not well-formed XML: ";

const nuspecs: readonly Case[] = [
  ["an empty nuspec", packageWith({ nuspec: "" }), "nuspec-xml", `${xmlError}Start tag expected (line 1)`],
  [
    "a nuspec of text",
    packageWith({ nuspec: "{}" }),
    "nuspec-xml",
    `${xmlError}char '{' is not expected (line 1)`,
  ],
  [
    "a nuspec that ends too early",
    packageWith({ nuspec: "<package>\n<metadata><id>A</id>" }),
    "nuspec-xml",
    `${xmlError}it ends before all of its elements are closed`,
  ],
  [
    "blanks before the XML declaration",
    packageWith({ nuspec: `\n${nuspecText(core)}` }),
    "nuspec-xml",
    `${xmlError}XML declaration allowed only at the start of the document (line 2)`,
  ],
  [
    "an unknown entity",
    packageWithMetadata("<id>A&nbsp;</id>"),
    "nuspec-xml",
    `${xmlError}"&nbsp;" is no entity`,
  ],
  [
    "a character that XML lacks",
    packageWithMetadata("<id>&#0;</id>"),
    "nuspec-xml",
    `${xmlError}"&#0;" is no entity`,
  ],
  [
    "a control character",
    packageWithMetadata("<id>\x01</id>"),
    "nuspec-xml",
    `${xmlError}it holds control characters`,
  ],
  ["an open comment", packageWithMetadata("<!-- "), "nuspec-xml", `${xmlError}it ends before "-->"`],
  [
    "elements nested too deeply",
    packageWithMetadata("<a>".repeat(200) + "</a>".repeat(200)),
    "nuspec-xml",
    `${xmlError}Maximum nested tags exceeded`,
  ],
  [
    "a document type",
    packageWith({ nuspec: `<!DOCTYPE package>${nuspecText(core).slice(39)}` }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "an entity bomb",
    packageWith({ nuspec: `${entityBomb}<package><metadata><id>&a19;</id></metadata></package>` }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "an external entity",
    packageWith({ nuspec: '<!DOCTYPE p [<!ENTITY f SYSTEM "file:///etc/passwd">]><package/>' }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "a nuspec that is not in its encoding",
    packageWith({ nuspec: Uint8Array.of(0x3c, 0xff, 0x3e) }),
    "nuspec-encoding",
    "its nuspec cannot be read as utf-8, its bytes are invalid or that encoding is not known",
  ],
  [
    "a nuspec in an unknown encoding",
    packageWith({ nuspec: '<?xml version="1.0" encoding="klingon"?><package/>' }),
    "nuspec-encoding",
    "its nuspec cannot be read as klingon, its bytes are invalid or that encoding is not known",
  ],
  [
    "a nuspec without metadata",
    packageWith({ nuspec: "<package><id>A</id></package>" }),
    "nuspec-metadata",
    "its nuspec has no <metadata> in <package>",
  ],
  ["a nuspec without id", packageWithMetadata("<version>1.0</version>"), "nuspec-id", "its nuspec has no id"],
  [
    "a nuspec with an empty id",
    packageWithMetadata("<id> </id><version>1.0</version>"),
    "nuspec-id",
    "its nuspec has no id",
  ],
  [
    "a nuspec without version",
    packageWithMetadata("<id>A</id>"),
    "nuspec-version",
    "its nuspec has no version",
  ],
  ...["a b", "../a", "$id$", ".a", "a..b"].map(
    (id): Case => [
      `the id ${id}`,
      packageWithMetadata(`<id>${id}</id><version>1.0</version>`),
      "nuspec-id",
      `its nuspec has the invalid id "${id}", an id is made of words joined by single dots or hyphens, up to 100 characters`,
    ],
  ),
  ...["v1.0", "1.0.0.0.0", "$version$", "1.0.0-", "latest"].map(
    (version): Case => [
      `the version ${version}`,
      packageWithMetadata(`<id>A</id><version>${version}</version>`),
      "nuspec-version",
      `its nuspec has the invalid version "${version}", a version has up to four numbers, then labels, as in 1.2.3 or 1.2.3-beta.1`,
    ],
  ),
];

test.for([...zips, ...files, ...nuspecs])("%s is refused", async ([, bytes, code, message]) => {
  const error: unknown = await inspectPackage(bytesSource(bytes)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PackageError);
  expect(error).toMatchObject({ code, message });
});

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

test("a source that fails is no fault of the package", async () => {
  const source: ByteSource = { size: 1000, read: () => Promise.reject(new Error("EIO")) };
  await expect(inspectPackage(source)).rejects.toThrow(new Error("EIO"));
});
