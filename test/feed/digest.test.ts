import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createHash, digest } from "../../src/build/node-hash.js";
import { createDigest, idHash, idHashPrefix } from "../../src/feed/digest.js";
import { lowerId } from "../../src/nuget/id.js";
import { partitionOf, partitionsOfGroup } from "../../src/state/layout.js";
import { packageId, testId } from "../support/records.js";

const ids = fc.stringMatching(/^[A-Za-z0-9_]{1,12}(\.[a-z0-9]{1,8}){0,3}$/).map((text) => testId(text));

describe("idHash", () => {
  // Pinned: another hash would move every id of every feed to another partition and shard.
  test.each([
    ["a", 0x1a80b1b3],
    ["contoso.core", 0xda2dbc7d],
    ["contoso.core.abstractions", 0xd8dcdf48],
    ["newtonsoft.json", 0xfdff87b2],
    ["żółw", 0x70b5e303],
  ])("of %s never changes", (id, hash) => {
    expect(idHash(testId(id)).toString(16)).toBe(hash.toString(16));
  });

  it("does not depend on the letter case of the id", () => {
    expect(idHash(lowerId(packageId("Contoso.CORE")))).toBe(idHash(testId("contoso.core")));
  });

  it("is a whole number of 32 bits", () => {
    fc.assert(
      fc.property(ids, (id) => {
        const hash = idHash(id);
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
      }),
    );
  });

  it("spreads similar ids over all partitions", () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 25_600; i++) {
      const partition = partitionOf(testId(`contoso.package${i}`));
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect(counts.size).toBe(256);
    expect(Math.max(...counts.values())).toBeLessThan(160);
  });
});

describe("idHashPrefix", () => {
  it("is the first bits of the hash", () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 32 }), (id, bits) => {
        expect(idHashPrefix(id, bits)).toBe(Math.floor(idHash(id) / 2 ** (32 - bits)));
      }),
    );
  });

  it("names groups that hold whole partitions", () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 8 }), (id, bits) => {
        expect(partitionsOfGroup(idHashPrefix(id, bits), bits)).toContain(partitionOf(id));
      }),
    );
  });
});

describe("a digest", () => {
  const bytes = new TextEncoder().encode("abc");
  const expected = "ba7816bf8f01cfea414140de5dae2223";

  it("is the first half of SHA-256 in lower-case hex", async () => {
    expect(await digest(bytes)).toBe(expected);
  });

  it("is the same where hashing answers with promises", async () => {
    const slow = createDigest((algorithm) => {
      const hash = createHash(algorithm);
      return { update: async (bytes) => hash.update(bytes), digest: async () => hash.digest() };
    });
    expect(await slow(bytes)).toBe(expected);
  });
});
