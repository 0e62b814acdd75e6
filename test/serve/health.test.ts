import { expect, test } from "vitest";
import { liveAnswer, type ReadyCheck, readyAnswer } from "../../src/serve/health.js";

const good: ReadyCheck = { name: "store", check: async () => undefined };
const bad: ReadyCheck = {
  name: "lease",
  check: async () => {
    throw new Error("secret: /srv/feed");
  },
};
const silent: ReadyCheck = { name: "index", check: () => new Promise(() => undefined) };
const broken: ReadyCheck = {
  name: "keys",
  check: () => {
    throw new Error("at once");
  },
};

test("a server that answers lives", async () => {
  const answer = liveAnswer();
  expect([answer.status, await answer.text()]).toEqual([200, '{"status":"live"}']);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});

test.each<[what: string, checks: readonly ReadyCheck[], status: number, body: string]>([
  ["nothing to check is ready", [], 200, '{"status":"ready"}'],
  ["checks that pass are ready", [good, good], 200, '{"status":"ready"}'],
  ["a check that fails is named", [good, bad], 503, '{"status":"unavailable","failed":["lease"]}'],
  ["a check that fails at once is named", [broken], 503, '{"status":"unavailable","failed":["keys"]}'],
  [
    "a check that does not answer is named",
    [silent, good],
    503,
    '{"status":"unavailable","failed":["index"]}',
  ],
  [
    "all that fail are named",
    [bad, good, silent],
    503,
    '{"status":"unavailable","failed":["lease","index"]}',
  ],
])("%s", async (_what, checks, status, body) => {
  const answer = await readyAnswer(checks, { limit: 5 });
  expect([answer.status, await answer.text()]).toEqual([status, body]);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});

test("why a check failed is told to the server only", async () => {
  const failures: string[] = [];
  await readyAnswer([bad, silent], {
    limit: 5,
    onFailure: (name, error) => failures.push(`${name}: ${String(error)}`),
  });
  expect(failures).toEqual(["lease: Error: secret: /srv/feed", "index: Error: no answer within 5 ms"]);
});
