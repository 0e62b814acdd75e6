/**
 * The kind of a package signature.
 */
import { expect, test } from "vitest";
import { signatureKind } from "../../src/nuget/signature.js";
import { buildSignature } from "../support/signature-builder.js";

test.for([
  [{ kind: "author" }, "author"],
  [{ kind: "repository" }, "repository"],
  [{ kind: "author", countersigned: true }, "author"],
  [{ countersigned: true }, undefined],
  [{}, undefined],
  [{ kind: "author", certificateLength: 100 }, "author"],
  [{ kind: "author", certificateLength: 100_000 }, "author"],
] as const)("a signature made with %j is of kind %s", ([options, kind]) => {
  expect(signatureKind(buildSignature(options))).toBe(kind);
});

test("a signature that is cut off anywhere is of no kind", () => {
  const signature = buildSignature({ kind: "author" });
  for (let length = 0; length < signature.length; length++) {
    expect(signatureKind(signature.subarray(0, length))).toBe(undefined);
  }
});

test.for([[[]], [[0x30]], [[0x30, 0x80]], [[0x30, 0xff, 0xff]], [[1, 2, 3, 4]]] as const)(
  "the bytes %j are no signature",
  ([bytes]) => {
    expect(signatureKind(Uint8Array.from(bytes))).toBe(undefined);
  },
);
