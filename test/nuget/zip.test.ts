/**
 * Zip files of all shapes that packers make; hostile ones are in test/invalid.
 */
import { expect, test } from "vitest";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { newestEntryTime, openZip, readEntry } from "../../src/nuget/zip.js";
import { countingSource } from "../support/counting-source.js";
import { buildZip, concat, utf8, type ZipEntry, type ZipOptions } from "../support/zip-builder.js";

const limit = { subject: "a file", bytes: 1_000_000 };

async function readAll(bytes: Uint8Array): Promise<Record<string, string>> {
  const zip = await openZip(bytesSource(bytes));
  const texts: Record<string, string> = {};
  for (const entry of zip.entries) {
    texts[entry.name] = new TextDecoder().decode(await readEntry(zip, entry, limit));
  }
  return texts;
}

async function namesOf(...entries: ZipEntry[]): Promise<string[]> {
  return (await openZip(bytesSource(buildZip(entries)))).entries.map((entry) => entry.name);
}

const entries: ZipEntry[] = [
  { name: "a.txt", content: "Hello ".repeat(100) },
  { name: "empty" },
  { name: "folder/" },
  { name: "folder/stored.txt", content: "stored", stored: true },
];
const texts = {
  "a.txt": "Hello ".repeat(100),
  empty: "",
  "folder/": "",
  "folder/stored.txt": "stored",
};

const containers: Record<string, ZipOptions> = {
  plain: {},
  "with a comment": { comment: "made by hand" },
  "with the longest comment": { comment: "x".repeat(0xffff) },
  "with an end record's signature in its comment": {
    comment: concat([utf8("PK\x05\x06"), new Uint8Array(30)]),
  },
  "with zip64 end records": { zip64: true },
  "with zip64 end records and a comment": { zip64: true, comment: "wide" },
  "behind other bytes": { prefix: utf8("#!/bin/sh\n") },
  "behind other bytes that its offsets do not count": { prefix: utf8("MZ..."), offsetsSkipPrefix: true },
  "with zip64 end records behind bytes that are not counted": {
    prefix: utf8("MZ..."),
    offsetsSkipPrefix: true,
    zip64: true,
  },
};

test.for(Object.entries(containers))("a zip %s is read", async ([, options]) => {
  expect(await readAll(buildZip(entries, options))).toEqual(texts);
});

test.for([
  ["data descriptors", { dataDescriptor: true }],
  ["zip64 fields", { zip64: true }],
  ["zip64 fields and data descriptors", { zip64: true, dataDescriptor: true }],
  ["stored content", { stored: true }],
] as const)("entries with %s are read", async ([, change]) => {
  expect(await readAll(buildZip(entries.map((entry) => ({ ...entry, ...change }))))).toEqual(texts);
});

test("bytes behind the end record are passed over", async () => {
  expect(await readAll(concat([buildZip(entries), utf8("\r\n")]))).toEqual(texts);
});

test("an empty zip has no entries", async () => {
  expect(await readAll(buildZip([]))).toEqual({});
});

test("a deflated entry without any content is an empty file", async () => {
  const empty: ZipEntry = { name: "a", stored: true, claims: { method: 8 } };
  expect(await readAll(buildZip([empty]))).toEqual({ a: "" });
});

test("entries with the same name are all there", async () => {
  expect(await namesOf({ name: "a", content: "1" }, { name: "a", content: "2" })).toEqual(["a", "a"]);
});

test.for([
  ["UTF-8 by its flag", { name: "größe" }, "größe"],
  ["UTF-8 without the flag", { name: "größe", utf8Flag: false }, "größe"],
  ["another code page", { name: Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65), utf8Flag: false }, "größe"],
  ["backslashes", { name: "lib\\net45\\a.dll" }, "lib/net45/a.dll"],
  ["percent signs", { name: "lib/My%20Lib.dll" }, "lib/My%20Lib.dll"],
  ["two dots within a word", { name: "lib/a..b/..c" }, "lib/a..b/..c"],
] as const)("a name with %s is read", async ([, entry, name]) => {
  expect(await namesOf(entry)).toEqual([name]);
});

test("a small zip takes one read, whatever is read of it", async () => {
  const source = countingSource(buildZip(entries));
  const zip = await openZip(source);
  for (const entry of zip.entries) await readEntry(zip, entry, limit);
  expect(source.reads).toEqual([{ offset: 0, length: source.size }]);
});

test("of a large zip only the end and the entries asked for are read", async () => {
  const large = new Uint8Array(60_000);
  const padding = Array.from({ length: 5 }, (_, index) => ({
    name: `${index}`,
    content: large,
    stored: true,
  }));
  const source = countingSource(buildZip([...entries, ...padding]));
  const zip = await openZip(source);
  await readEntry(zip, zip.entries[0]!, limit);
  expect(source.reads.length).toBe(2);
  expect(source.reads[1]).toMatchObject({ offset: 0 });
  expect(source.reads[1]?.length).toBeLessThan(100);
});

test("a directory that does not fit into the end takes one more read", async () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({
    name: `some/folder/file-${index}.txt`,
    stored: true,
  }));
  const source = countingSource(buildZip(many));
  expect((await openZip(source)).entries.length).toBe(3000);
  expect(source.reads.length).toBe(2);
});

test("content does not share memory with what was read around it", async () => {
  const zip = await openZip(bytesSource(Buffer.from(buildZip(entries))));
  const content = await readEntry(zip, zip.entries[3]!, limit);
  expect(content.buffer.byteLength).toBe(6);
});

test("the size limit holds for entries of any compressed size", async () => {
  const zip = await openZip(bytesSource(buildZip([{ name: "a", content: "x".repeat(1001) }])));
  const read = readEntry(zip, zip.entries[0]!, { subject: "a test", bytes: 1000 });
  await expect(read).rejects.toThrow('"a" has 1001 bytes, a test may have 1000');
});

test.for([
  [["2024-05-01T10:20:30Z"], "2024-05-01T10:20:30+00:00"],
  [["2024-05-01T10:20:31Z"], "2024-05-01T10:20:30+00:00"],
  [["2012-01-01T00:00:00Z", "2024-02-29T23:59:58Z", "2023-12-31T00:00:00Z"], "2024-02-29T23:59:58+00:00"],
  [["2010-01-01T00:00:00Z"], "2010-01-01T00:00:00+00:00"],
  [["2009-12-31T23:59:58Z"], undefined],
  [["1980-01-01T00:00:00Z", "2000-01-01T00:00:00Z"], undefined],
  [[], undefined],
] as const)("of entry times %j the newest plausible one is %s", async ([times, newest]) => {
  const zip = await openZip(bytesSource(buildZip(times.map((time, index) => ({ name: `${index}`, time })))));
  expect(newestEntryTime(zip.entries)).toBe(newest);
});

test("times that no calendar has are passed over", () => {
  const date = (month: number, day: number) => ((2024 - 1980) << 9) | (month << 5) | day;
  const impossible = [
    date(0, 1) << 16,
    date(13, 1) << 16,
    date(2, 30) << 16,
    date(1, 0) << 16,
    (date(1, 1) << 16) | (24 << 11),
    (date(1, 1) << 16) | (60 << 5),
    (date(1, 1) << 16) | 30,
  ];
  const named = { name: "a", size: 0, compressedSize: 0, crc32: 0, method: 0, offset: 0, endsBefore: 0 };
  expect(newestEntryTime(impossible.map((dosTime) => ({ ...named, dosTime: dosTime >>> 0 })))).toBe(
    undefined,
  );
});
