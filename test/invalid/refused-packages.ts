/**
 * Files that are no packages, made of packages that are, each with what a user is told. The message is a reason; the commands
 * put the file's name before it.
 */
import { expect, test } from "vitest";
import { PackageError } from "../../src/errors.js";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { inspectPackage } from "../../src/nuget/inspect.js";
import { buildPackage, type PackageOptions, packageEntries } from "../support/package-builder.js";
import { buildZip, concat, type ZipEntry } from "../support/zip-builder.js";

export const core = { id: "Contoso.Core", version: "1.0.0" };
export const mebibyte = 1024 * 1024;

export function packageWith(options: Partial<PackageOptions>): Uint8Array {
  return buildPackage({ ...core, ...options });
}

export function packageWithEntry(entry: ZipEntry): Uint8Array {
  return packageWith({ entries: [entry] });
}

/** A valid package whose nuspec's entry is changed. */
export function packageWithNuspec(change: Partial<ZipEntry>): Uint8Array {
  const entries = packageEntries(core);
  return buildZip(
    entries.map((entry) => (entry.name === "Contoso.Core.nuspec" ? { ...entry, ...change } : entry)),
  );
}

export function packageWithMetadata(xml: string): Uint8Array {
  return packageWith({ nuspec: `<package><metadata>${xml}</metadata></package>` });
}

/** The bytes from the last occurrence of a signature, changed at an offset from it. */
export function patched(bytes: Uint8Array, signature: string, offset: number, value: number): Uint8Array {
  const at = Buffer.from(bytes).lastIndexOf(signature, undefined, "latin1");
  return concat([bytes.subarray(0, at + offset), Uint8Array.of(value), bytes.subarray(at + offset + 1)]);
}

export const bomb = "a".repeat(2 * mebibyte);

export type Case = readonly [title: string, bytes: Uint8Array, code: string, message: string];

/** Declares one test for each case. */
export function testRefused(cases: readonly Case[]): void {
  test.for(cases)("%s is refused", async ([, bytes, code, message]) => {
    const error: unknown = await inspectPackage(bytesSource(bytes)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PackageError);
    expect(error).toMatchObject({ code, message });
  });
}
