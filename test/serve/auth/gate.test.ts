import { beforeAll, describe, expect, test } from "vitest";
import { type ApiKey, createKeyText, hashKey } from "../../../src/serve/auth/api-key.js";
import { createAttempts } from "../../../src/serve/auth/attempts.js";
import { createAuthorizer, type Need } from "../../../src/serve/auth/authorize.js";
import { createGate } from "../../../src/serve/auth/gate.js";

const push: Need = { scope: "push" };
const text = createKeyText();
let keys: ApiKey[];

beforeAll(async () => {
  keys = [{ name: "ci", hash: await hashKey(text), scopes: ["push"], created: "2026-01-01T00:00:00Z" }];
});

function createGateAt(time: { now: number }) {
  const now = () => time.now;
  const attempts = createAttempts({ now });
  const gate = createGate({ authorize: createAuthorizer(() => keys, { now }), attempts, realm: "Contoso" });
  const ask = async (key: string, address: string, need = push) => {
    const headers = new Headers(key === "" ? {} : { "X-NuGet-ApiKey": key });
    const admission = await gate(headers, need, address);
    return admission.kind === "admitted"
      ? { name: admission.name }
      : { ...admission, status: admission.response.status };
  };
  return { ask, attempts };
}

describe("the gate", () => {
  test("lets a right key in and names it", async () => {
    const { ask } = createGateAt({ now: 0 });
    expect(await ask(text, "a")).toEqual({ name: "ci" });
  });

  test("answers what is not allowed, and tells the log why", async () => {
    const { ask } = createGateAt({ now: 0 });
    const missing = await ask("", "a");
    expect(missing).toMatchObject({ status: 401, reason: "missing" });
    expect(missing).toHaveProperty("response.headers");
    expect(await ask("wrong", "a")).toMatchObject({ status: 403, reason: "unknown" });
    expect(await ask(text, "a", { scope: "delete" })).toMatchObject({
      status: 403,
      reason: "scope",
      name: "ci",
    });
  });

  test("answers wrong keys with 429 once there were too many, and a right one as ever", async () => {
    const time = { now: 0 };
    const { ask } = createGateAt(time);
    for (let n = 0; n < 10; n++) expect(await ask("wrong", "a")).toMatchObject({ status: 403 });
    expect(await ask("wrong", "a")).toMatchObject({ status: 429, reason: "too-many-attempts" });
    expect(await ask(text, "a")).toEqual({ name: "ci" });
    expect(await ask("wrong", "b")).toMatchObject({ status: 403 });
    time.now = 1000;
    expect(await ask("wrong", "a")).toMatchObject({ status: 403 });
  });

  test("counts neither requests without key nor keys that are right but for something else", async () => {
    const { ask, attempts } = createGateAt({ now: 0 });
    for (let n = 0; n < 20; n++) {
      expect(await ask("", "a")).toMatchObject({ status: 401 });
      expect(await ask(text, "a", { scope: "delete" })).toMatchObject({ status: 403 });
    }
    expect(attempts.size()).toBe(0);
  });

  test("answers a thousand guesses a second with little work, within bounds, and lets right keys in", async () => {
    const time = { now: 0 };
    const { ask, attempts } = createGateAt(time);
    const statuses = new Map<unknown, number>();
    for (let n = 0; n < 2000; n++) {
      time.now += 1;
      const { status } = { status: 0, ...(await ask(`nupress_${n}`, `10.0.0.${n % 4}`)) };
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(await ask(text, `10.0.0.${n % 4}`)).toEqual({ name: "ci" });
    }
    expect(statuses.get(403)).toBeLessThanOrEqual(4 * (10 + 2));
    expect(statuses.get(429)).toBeGreaterThanOrEqual(2000 - 4 * (10 + 2));
    expect(attempts.size()).toBe(4);
  });
});
