import { beforeAll, describe, expect, test } from "vitest";
import { FeedError } from "../../../src/errors.js";
import { type ApiKey, createKeyText, hashKey } from "../../../src/serve/auth/api-key.js";
import {
  createAuthorizer,
  equalHashes,
  type Need,
  type ReadKeys,
} from "../../../src/serve/auth/authorize.js";
import { testKey } from "../../support/ids.js";

const now = Date.parse("2027-01-31T12:00:00Z");
const created = "2026-01-01T00:00:00Z";
const texts = {
  all: createKeyText(),
  pusher: createKeyText(),
  reader: createKeyText(),
  old: createKeyText(),
};
let keys: ApiKey[];

beforeAll(async () => {
  keys = [
    { name: "all", hash: await hashKey(texts.all), scopes: ["read", "push", "unlist", "delete"], created },
    { name: "pusher", hash: await hashKey(texts.pusher), scopes: ["push"], ids: ["Contoso.*"], created },
    { name: "reader", hash: await hashKey(texts.reader), scopes: ["read"], created },
    {
      name: "old",
      hash: await hashKey(texts.old),
      scopes: ["push"],
      created,
      expires: "2027-01-31T12:00:00Z",
    },
  ];
});

const push: Need = { scope: "push", id: testKey("contoso.core") };
const read: Need = { scope: "read" };
const apiKey = (text: string) => ({ "X-NuGet-ApiKey": text });
const basic = (text: string) => ({ Authorization: `Basic ${btoa(`any:${text}`)}` });

const authorize = (headers: Record<string, string>, need: Need, time = now) =>
  createAuthorizer(() => keys, { now: () => time })(new Headers(headers), need);

describe("a key", () => {
  test.each([
    ["push", true],
    ["unlist", false],
    ["delete", false],
    ["read", false],
  ] as const)("with scope push may %s: %s", async (scope, isAllowed) => {
    expect(await authorize(apiKey(texts.pusher), { scope })).toEqual(
      isAllowed ? { kind: "allowed", name: "pusher" } : { kind: "refused", reason: "scope", name: "pusher" },
    );
  });

  test("is for the ids that its globs cover", async () => {
    const other: Need = { scope: "push", id: testKey("fabrikam.core") };
    expect(await authorize(apiKey(texts.pusher), push)).toEqual({ kind: "allowed", name: "pusher" });
    expect(await authorize(apiKey(texts.pusher), other)).toEqual({
      kind: "refused",
      reason: "id",
      name: "pusher",
    });
    expect(await authorize(apiKey(texts.all), other)).toEqual({ kind: "allowed", name: "all" });
  });

  test("ends at the second at which it expires", async () => {
    expect(await authorize(apiKey(texts.old), push, now - 1)).toEqual({ kind: "allowed", name: "old" });
    expect(await authorize(apiKey(texts.old), push, now)).toEqual({
      kind: "refused",
      reason: "expired",
      name: "old",
      expires: "2027-01-31T12:00:00Z",
    });
  });

  test.each([
    ["another one", createKeyText()],
    ["in another letter case", texts.all.toUpperCase()],
    ["cut off", texts.all.slice(0, -1)],
    ["with something behind it", `${texts.all}x`],
  ])("is refused when it is %s", async (_, text) => {
    expect(await authorize(apiKey(text), push)).toEqual({ kind: "refused", reason: "unknown" });
  });

  test("is not its hash", async () => {
    expect(await authorize(apiKey(keys[0]?.hash ?? ""), push)).toEqual({
      kind: "refused",
      reason: "unknown",
    });
  });

  test("that cannot be read counts as presented", async () => {
    expect(await authorize({ Authorization: "Basic !" }, read)).toEqual({
      kind: "refused",
      reason: "unknown",
    });
  });

  test("is missing where no header is", async () => {
    expect(await authorize({}, push)).toEqual({ kind: "missing", wasAsked: false });
  });
});

describe("two keys", () => {
  test.each([
    ["push", texts.all, texts.reader, { kind: "allowed", name: "all" }],
    ["push", texts.reader, texts.all, { kind: "allowed", name: "all" }],
    ["push", "az", texts.all, { kind: "allowed", name: "all" }],
    ["push", "az", texts.reader, { kind: "refused", reason: "unknown" }],
    ["push", texts.reader, "wrong", { kind: "refused", reason: "scope", name: "reader" }],
    ["read", texts.all, "wrong", { kind: "refused", reason: "unknown" }],
    ["read", "wrong", texts.reader, { kind: "allowed", name: "reader" }],
  ] as const)("to %s: case %#", async (scope, first, second, expected) => {
    const headers = { ...apiKey(first), ...basic(second) };
    expect(await authorize(headers, { scope })).toEqual(expected);
  });

  test("are not needed: the key of publishing reads where it stands alone", async () => {
    expect(await authorize(apiKey(texts.reader), read)).toEqual({ kind: "allowed", name: "reader" });
  });
});

describe("the keys of a feed", () => {
  test.each([
    ["the first", "all"],
    ["the last", "old"],
    ["none", undefined],
  ] as const)("are all compared when %s is right", async (_, name) => {
    const compared: string[] = [];
    const check = createAuthorizer(() => keys, {
      now: () => now,
      equals: (a, b) => {
        compared.push(a);
        return equalHashes(a, b);
      },
    });
    await check(new Headers(apiKey(name === undefined ? createKeyText() : texts[name])), push);
    expect(compared).toEqual(keys.map(({ hash }) => hash));
  });

  test("are asked for anew each time", async () => {
    let current = keys;
    const check = createAuthorizer(() => Promise.resolve(current), { now: () => now });
    expect(await check(new Headers(apiKey(texts.all)), push)).toMatchObject({ kind: "allowed" });
    current = keys.slice(1);
    expect(await check(new Headers(apiKey(texts.all)), push)).toMatchObject({ reason: "unknown" });
  });

  test("let nobody in while they cannot be read", async () => {
    const readKeys = () => Promise.reject(new FeedError("keys-invalid", "Cannot read the keys"));
    const check = createAuthorizer(readKeys, { now: () => now, isOpenWithoutKeys: true });
    expect(await check(new Headers(apiKey(texts.all)), push)).toEqual({ kind: "unavailable" });
  });

  test("are not to blame for a defect", async () => {
    const readKeys = () => Promise.reject(new TypeError("x is undefined"));
    const check = createAuthorizer(readKeys, { now: () => now });
    await expect(check(new Headers(), push)).rejects.toThrow("x is undefined");
  });

  test("let nobody in while there are none, unless that is wanted", async () => {
    const closed = createAuthorizer(() => [], { now: () => now });
    const open = createAuthorizer(() => [], { now: () => now, isOpenWithoutKeys: true });
    for (const headers of [new Headers(), new Headers(apiKey(texts.all))]) {
      expect(await closed(headers, push)).toEqual({ kind: "no-keys" });
      expect(await open(headers, push)).toEqual({ kind: "allowed", name: "anonymous" });
    }
  });

  test("are asked for once one is there, also where everybody was let in before", async () => {
    const check = createAuthorizer(() => keys, { now: () => now, isOpenWithoutKeys: true });
    expect(await check(new Headers(), push)).toEqual({ kind: "missing", wasAsked: false });
  });

  test.for([
    ["revoked", () => keys],
    ["made unreadable", () => Promise.reject(new FeedError("keys-invalid", "Cannot read the keys"))],
  ] as const)(
    "let nobody in once the last was %s, also where everybody was let in before",
    async ([, before]) => {
      let readKeys: ReadKeys = before;
      const check = createAuthorizer(() => readKeys(), { now: () => now, isOpenWithoutKeys: true });
      await check(new Headers(), push);
      readKeys = () => [];
      expect(await check(new Headers(), push)).toEqual({ kind: "no-keys" });
    },
  );
});

test.each([
  ["00ff", "00ff", true],
  ["00ff", "00fe", false],
  ["10ff", "00ff", false],
  ["00ff", "00ff0", false],
  ["00ff0", "00ff", false],
  ["", "", true],
])("%j and %j are equal: %s", (a, b, expected) => {
  expect(equalHashes(a, b)).toBe(expected);
});
