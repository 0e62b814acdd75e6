/**
 * Any bytes at all: reading them ends, asks for no byte outside of the source, keeps to the size limits and throws
 * nothing but errors for the user.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PackageError } from "../../src/errors.js";
import type { ByteSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { parseNuspec } from "../../src/nuget/nuspec.js";
import { buildPackage, nuspecText, type PackageOptions } from "../support/package-builder.js";
import { buildSignature } from "../support/signature-builder.js";
import { concat, utf8, type ZipOptions } from "../support/zip-builder.js";

const mebibyte = 1024 * 1024;

const options: PackageOptions = {
  id: "Contoso.Core",
  version: "1.0.0-beta.1+build",
  tags: "a b",
  dependencies: [
    { targetFramework: "net45", dependencies: { A: "[1.0,2.0)" } },
    { targetFramework: "net8.0" },
  ],
  icon: { path: "images/icon.png", content: "icon" },
  readme: { path: "README.md", content: "# Core ".repeat(500) },
  license: { path: "LICENSE", content: "MIT" },
  files: { "lib/net8.0/a.dll": "MZ", "build/net45/Contoso.Core.props": "<Project/>" },
  entries: [{ name: ".signature.p7s", content: buildSignature({ kind: "author" }), stored: true }],
};

const containers: readonly ZipOptions[] = [
  {},
  { zip64: true, comment: "c" },
  { prefix: utf8("MZ"), offsetsSkipPrefix: true },
];
const packages = containers.map((zip) => buildPackage({ ...options, zip }));
const anyPackage = fc.constantFrom(...packages);

/** Rejects what no caller may ask for, and copies, so that a read past the range is not served by chance. */
function strictSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      const isRange =
        Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
      if (!isRange || offset + length > bytes.length) throw new RangeError(`range ${offset}+${length}`);
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
  };
}

/** True when the package is read within its limits or refused; anything else that is thrown is a defect. */
async function isHarmless(bytes: Uint8Array): Promise<boolean> {
  try {
    const { nuspecBytes, icon, readme, license } = await inspectPackage(strictSource(bytes));
    return [nuspecBytes, icon?.bytes, readme?.bytes, license?.bytes].every(
      (read) => (read?.length ?? 0) <= mebibyte,
    );
  } catch (error) {
    if (error instanceof PackageError) return true;
    throw error;
  }
}

/** The smallest bytes that do harm and the seed that leads to them, if there are any. */
async function findHarm(anyBytes: fc.Arbitrary<Uint8Array>, numRuns = 400): Promise<string | undefined> {
  return fc.defaultReportMessage(await fc.check(fc.asyncProperty(anyBytes, isHarmless), { numRuns }));
}

test("packages with any bytes changed", async () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
  const changed = fc.tuple(anyPackage, changes).map(([original, replacements]) => {
    const bytes = new Uint8Array(original);
    for (const [at, value] of replacements) bytes[at % bytes.length] = value;
    return bytes;
  });
  expect(await findHarm(changed)).toBe(undefined);
});

test("packages with bytes of their headers changed", async () => {
  const change = fc.tuple(fc.nat(), fc.nat(46), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  const changes = fc.array(change, { minLength: 1, maxLength: 6 });
  const changed = fc.tuple(anyPackage, changes).map(([original, replacements]) => {
    const bytes = new Uint8Array(original);
    const headers = headerPositions(bytes);
    for (const [header, at, value] of replacements)
      bytes[(headers[header % headers.length] ?? 0) + at] = value;
    return bytes;
  });
  expect(await findHarm(changed, 1500)).toBe(undefined);
});

test("packages that are cut off at either end", async () => {
  const cut = fc.tuple(anyPackage, fc.nat(), fc.nat()).map(([original, start, end]) => {
    const from = start % original.length;
    return original.subarray(from, from + (end % (original.length - from)));
  });
  expect(await findHarm(cut)).toBe(undefined);
});

test("packages with a part repeated or left out", async () => {
  const spliced = fc.tuple(anyPackage, fc.nat(), fc.nat()).map(([original, first, second]) => {
    return concat([
      original.subarray(0, first % original.length),
      original.subarray(second % original.length),
    ]);
  });
  expect(await findHarm(spliced)).toBe(undefined);
});

test("any bytes", async () => {
  expect(await findHarm(fc.uint8Array({ maxLength: 500 }))).toBe(undefined);
});

const nuspec = nuspecText(options);
const fragments = [
  "<",
  ">",
  "/",
  "</",
  "<!",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "?>",
  "&",
  ";",
  '"',
  "'",
  "=",
  " ",
  "\n",
];
const moreFragments = [
  "package",
  "metadata",
  "id",
  "version",
  "A",
  "1.0",
  "&#x",
  "&amp;",
  "__proto__",
  "constructor",
  ":",
];
const anyXml = fc
  .array(fc.constantFrom(...fragments, ...moreFragments), { maxLength: 60 })
  .map((parts) => parts.join(""));

function findHarmInNuspecs(anyText: fc.Arbitrary<string>): string | undefined {
  return fc.defaultReportMessage(fc.check(fc.property(anyText, isHarmlessNuspec), { numRuns: 2000 }));
}

function isHarmlessNuspec(text: string): boolean {
  try {
    return parseNuspec(utf8(text)).nuspec.id.length > 0;
  } catch (error) {
    if (error instanceof PackageError) return true;
    throw error;
  }
}

test("nuspecs of any fragments of XML", () => {
  expect(findHarmInNuspecs(anyXml)).toBe(undefined);
});

test("nuspecs with any fragments of XML in the middle", () => {
  const inMiddle = fc.tuple(fc.nat(nuspec.length), anyXml);
  expect(findHarmInNuspecs(inMiddle.map(([at, xml]) => nuspec.slice(0, at) + xml + nuspec.slice(at)))).toBe(
    undefined,
  );
});

function headerPositions(bytes: Uint8Array): number[] {
  const positions: number[] = [];
  for (let at = 0; at + 4 < bytes.length; at++) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b) positions.push(at);
  }
  return positions;
}
