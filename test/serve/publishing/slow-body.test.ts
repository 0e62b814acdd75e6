import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type BodyLimits, packageChunks } from "../../../src/serve/publishing/package-body.js";

const limits: BodyLimits = { limit: 1_000_000, stall: 10_000 };

/** A body of so many chunks, each some time after it was asked for. */
function slowBody(count: number, size: number, pause: number): ReadableStream<Uint8Array> {
  let left = count;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, pause));
    controller.enqueue(new Uint8Array(size));
    left -= 1;
    if (left === 0) controller.close();
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

describe("a body that is slow", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** How many bytes came, what was wrong then, and after how long. */
  async function outcome(body: ReadableStream<Uint8Array>): Promise<readonly unknown[]> {
    const start = performance.now();
    let length = 0;
    const receiving = async (): Promise<void> => {
      for await (const chunk of packageChunks({ headers: new Headers(), body }, limits))
        length += chunk.length;
    };
    const ended = receiving().then(
      () => [length],
      (error: unknown) => [length, error, performance.now() - start],
    );
    await vi.runAllTimersAsync();
    return await ended;
  }

  test("and comes on is received, however long it takes", async () => {
    expect(await outcome(slowBody(50, 16_384, 9000))).toEqual([50 * 16_384]);
  });

  test("may be small", async () => {
    expect(await outcome(slowBody(3, 10, 3000))).toEqual([30]);
  });

  test("is given up when a few bytes come now and then", async () => {
    const stalled = expect.objectContaining({ code: "body-stalled" });
    expect(await outcome(slowBody(1000, 10, 3000))).toEqual([30, stalled, limits.stall]);
    expect(await outcome(slowBody(1000, 4000, 3000))).toEqual([12_000, stalled, limits.stall]);
  });

  test("is not blamed for the time that whoever reads it takes", async () => {
    const chunks = packageChunks({ headers: new Headers(), body: slowBody(3, 10, 1) }, limits);
    for (let count = 0; count < 3; count += 1) {
      const next = chunks.next();
      await vi.advanceTimersByTimeAsync(1);
      expect((await next).value).toHaveLength(10);
      await vi.advanceTimersByTimeAsync(3 * limits.stall);
    }
    expect((await chunks.next()).done).toBe(true);
  });
});
