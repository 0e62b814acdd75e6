import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../src/store/r2/parts.js";

async function* chunksOf(sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield Uint8Array.from({ length: size }, (_, i) => (at + i) % 251);
    at += size;
  }
}

/** Copies of the parts, because they share their memory. */
async function cut(sizes: readonly number[], size: number): Promise<Uint8Array[]> {
  const parts = partsOf(chunksOf(sizes), size);
  const copies: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await parts.next();
    copies.push(value.slice());
    if (done === true) return copies;
  }
}

describe("parts", () => {
  test.each<[number[], number[]]>([
    [[], [0]],
    [[0, 0], [0]],
    [[3], [3]],
    [[10], [10]],
    [[10, 0], [10]],
    [
      [10, 1],
      [10, 1],
    ],
    [[25], [10, 10, 5]],
    [
      [9, 9, 2],
      [10, 10],
    ],
  ])("of chunks of %j bytes are %j bytes large", async (sizes, expected) => {
    expect((await cut(sizes, 10)).map(({ length }) => length)).toEqual(expected);
  });

  test("join to what the chunks join to, all of one size but the last", async () => {
    const sizes = fc.array(fc.nat({ max: 300_000 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1000, max: 200_000 }), async (chunkSizes, size) => {
        const parts = await cut(chunkSizes, size);
        const total = chunkSizes.reduce((sum, chunk) => sum + chunk, 0);
        expect(parts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
        const joined = Buffer.concat(parts);
        const expected = Buffer.from(Uint8Array.from({ length: total }, (_, i) => i % 251));
        expect(joined.equals(expected)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
