import { describe, expect, test } from "vitest";
import { remembered } from "../../src/nuget/remembered.js";

describe("a function with a memory", () => {
  test("works an answer out once per text, also when it is none", () => {
    const asked: string[] = [];
    const lengthOf = remembered((text) => {
      asked.push(text);
      return text === "" ? undefined : text.length;
    });
    expect(["ab", "", "ab", "", "abc"].map(lengthOf)).toEqual([2, undefined, 2, undefined, 3]);
    expect(asked).toEqual(["ab", "", "abc"]);
  });

  test("does not keep long texts", () => {
    let asked = 0;
    const lengthOf = remembered((text) => {
      asked++;
      return text.length;
    });
    const long = "x".repeat(201);
    expect([lengthOf(long), lengthOf(long)]).toEqual([201, 201]);
    expect(asked).toBe(2);
  });

  test("forgets what it knew before there is too much of it", () => {
    let asked = 0;
    const numberOf = remembered((text) => {
      asked++;
      return Number(text);
    });
    for (let n = 0; n <= 10_000; n++) numberOf(String(n));
    expect(numberOf("10000")).toBe(10_000);
    expect(asked).toBe(10_001);
    expect(numberOf("0")).toBe(0);
    expect(asked).toBe(10_002);
  });
});
