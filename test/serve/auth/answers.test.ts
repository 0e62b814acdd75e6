import { describe, expect, test } from "vitest";
import { answerNotAllowed, answerTooManyAttempts } from "../../../src/serve/auth/answers.js";
import type { Need, NotAllowed } from "../../../src/serve/auth/authorize.js";
import { testKey } from "../../support/ids.js";

const push: Need = { scope: "push", id: testKey("contoso.core") };
const read: Need = { scope: "read" };
const missing: NotAllowed = { kind: "missing", wasAsked: false };
const unknown: NotAllowed = { kind: "refused", reason: "unknown" };
const expired: NotAllowed = {
  kind: "refused",
  reason: "expired",
  name: "ci",
  expires: "2027-01-31T00:00:00Z",
};
const scope: NotAllowed = { kind: "refused", reason: "scope", name: "ci" };
const id: NotAllowed = { kind: "refused", reason: "id", name: "ci" };

describe("the answer to", () => {
  test.each<[string, NotAllowed, Need, number, string, string]>([
    [
      "a push without key",
      missing,
      push,
      401,
      "key-missing",
      'Cannot push "contoso.core": it needs a key with scope push',
    ],
    ["a push with a wrong key", unknown, push, 403, "key-unknown", "the key is not known here; ask"],
    ["a push with an old key", expired, push, 403, "key-expired", 'the key "ci" expired on 2027-01-31; ask'],
    ["a push with a key for less", scope, push, 403, "key-scope", "ask for a key with scope push"],
    ["a push with a key for other ids", id, push, 403, "key-id", 'the key "ci" is for other ids; ask'],
    ["a push where no key is", { kind: "no-keys" }, push, 403, "no-keys", "nupress key create"],
    ["a push while keys are broken", { kind: "unavailable" }, push, 503, "keys-unavailable", "in its log"],
    ["a push of any id", scope, { scope: "push" }, 403, "key-scope", "Cannot push packages: "],
    ["a delete", scope, { scope: "delete" }, 403, "key-scope", "ask for a key with scope delete"],
    ["a read without key", missing, read, 401, "key-missing", "Cannot read this feed: it needs a key"],
    ["a read with a wrong key", unknown, read, 401, "key-unknown", "the key is not known here; ask"],
    ["a read with an old key", expired, read, 401, "key-expired", 'the key "ci" expired on 2027-01-31; ask'],
    ["a read with a key for less", scope, read, 403, "key-scope", "ask for a key with scope read"],
    ["a read while keys are broken", { kind: "unavailable" }, read, 503, "keys-unavailable", "in its log"],
  ])("%s", async (_, refused, need, status, code, text) => {
    const answer = answerNotAllowed(refused, need);
    const body = await answer.json();
    expect([answer.status, body]).toEqual([status, { error: { code, message: expect.any(String) } }]);
    expect(body.error.message).toContain(text);
    expect(answer.statusText).toBe(body.error.message);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("WWW-Authenticate")).toBe(
      status === 401 ? 'Basic realm="NuGet feed", charset="UTF-8"' : null,
    );
    expect(answer.headers.get("X-NuGet-Warning")).toBe(refused === missing ? null : body.error.message);
  });

  test("an id in letters that headers cannot hold", async () => {
    const need: Need = { scope: "push", id: testKey("äö.kern") };
    const answer = answerNotAllowed(id, need);
    expect(answer.headers.get("X-NuGet-Warning")).toContain('Cannot push "??.kern": ');
    expect(answer.statusText).toContain('Cannot push "??.kern": ');
    expect((await answer.json()).error.message).toContain('Cannot push "äö.kern": ');
  });

  test.each([
    ["Contoso", 'Basic realm="Contoso", charset="UTF-8"'],
    ['a "b" \\ c\r\nX: y', 'Basic realm="a \'b\' \' c X: y", charset="UTF-8"'],
  ])("a request without key names the realm %j", (realm, challenge) => {
    expect(answerNotAllowed(missing, read, realm).headers.get("WWW-Authenticate")).toBe(challenge);
  });

  test("too many wrong keys", async () => {
    const answer = answerTooManyAttempts(7);
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "7"]);
    expect(answer.headers.get("X-NuGet-Warning")).toBe(answer.statusText);
    expect(await answer.json()).toEqual({ statusCode: 429, message: answer.statusText });
  });
});
