import { expect, test } from "vitest";
import { requestId } from "../../../src/serve/http/request-id.js";

test("the id of a trusted proxy is kept", () => {
  expect(requestId("abc-1_2.3", true)).toBe("abc-1_2.3");
});

test.each<[why: string, stated: string | undefined, isTrusted: boolean]>([
  ["there is none", undefined, true],
  ["somebody chooses it whom nobody trusts", "abc", false],
  ["it is empty", "", true],
  ["it is too long", "a".repeat(65), true],
  ["it has characters that could harm a log", "a b\u001b", true],
])("an id is made where %s", (_why, stated, isTrusted) => {
  const ids = [requestId(stated, isTrusted), requestId(stated, isTrusted)];
  expect(ids[0]).toMatch(/^[\w.-]{16,64}$/);
  expect(ids[0]).not.toBe(ids[1]);
});
