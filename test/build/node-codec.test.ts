/** Node's own zip calculations say what the portable ones say. */
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeCodec } from "../../src/build/node-codec.js";
import { crc32 } from "../../src/nuget/zip/crc32.js";
import { inflateExactly } from "../../src/nuget/zip/inflate.js";

describe("Node's zip calculations", () => {
  test("give what the portable ones give", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const compressed = deflateRawSync(bytes);
        expect(inflateExactly(compressed, bytes.length, nodeCodec)).toEqual(bytes);
        expect(inflateExactly(compressed, bytes.length)).toEqual(bytes);
        expect(nodeCodec.crc32(bytes)).toBe(crc32(bytes));
      }),
    );
  });

  test.each([
    ["more than its header claims", deflateRawSync(Buffer.alloc(5000)), 4999],
    ["less than its header claims", deflateRawSync(Buffer.alloc(5000)), 5001],
    ["a stream that ends early", deflateRawSync(Buffer.from("some text, some text")).subarray(0, 8), 20],
    ["no stream at all", Buffer.from([0xff, 0xff, 0xff]), 20],
  ])("refuse %s, as the portable ones do", (_, compressed, size) => {
    expect(() => inflateExactly(compressed, size, nodeCodec)).toThrow(Error);
    expect(() => inflateExactly(compressed, size)).toThrow(Error);
  });
});
