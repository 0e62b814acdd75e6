import { describe, expect, test } from "vitest";
import { lendMemory } from "../../src/build/memory-pool.js";

describe("memory for small files", () => {
  test("is used again after it was given back", () => {
    const first = lendMemory(10);
    first.giveBack();
    const second = lendMemory(20);
    expect(second.bytes.length).toBe(20);
    expect(second.bytes.buffer).toBe(first.bytes.buffer);
    second.giveBack();
  });

  test("is lent to one at a time", () => {
    const first = lendMemory(10);
    const second = lendMemory(10);
    expect(second.bytes.buffer).not.toBe(first.bytes.buffer);
    first.giveBack();
    second.giveBack();
  });

  test("is of its own for a file that is larger than a piece", () => {
    const large = lendMemory(1024 * 1024);
    large.giveBack();
    expect(large.bytes.length).toBe(1024 * 1024);
    const next = lendMemory(1024 * 1024);
    expect(next.bytes.buffer).not.toBe(large.bytes.buffer);
  });
});
