import fc from "fast-check";
import { expect, test } from "vitest";
import { credentialsOf } from "../../../src/serve/auth/credentials.js";

const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const latin1 = (text: string): string => Buffer.from(text, "latin1").toString("base64");

const presented = (key: object) => ({ ...key, isPresented: true, isEmptyAnswer: false });
const unreadable = { isPresented: true, isEmptyAnswer: false };
const nothing = { isPresented: false, isEmptyAnswer: false };

test.each<[string, Record<string, string>, object]>([
  ["no header", {}, nothing],
  ["the header of publishing", { "X-NuGet-ApiKey": "k" }, presented({ apiKey: "k" })],
  ["odd casing", { "x-nuget-APIKEY": "k" }, presented({ apiKey: "k" })],
  ["spaces around it", { "X-NuGet-ApiKey": " k\t" }, presented({ apiKey: "k" })],
  ["an empty key", { "X-NuGet-ApiKey": "" }, nothing],
  ["Basic", { Authorization: `Basic ${utf8("any:k")}` }, presented({ authorization: "k" })],
  [
    "the scheme in odd casing",
    { authorization: `bAsIC ${utf8("any:k")}` },
    presented({ authorization: "k" }),
  ],
  ["several spaces", { Authorization: `Basic   ${utf8("any:k")}` }, presented({ authorization: "k" })],
  ["padding", { Authorization: "Basic YWI6a2V5MQ==" }, presented({ authorization: "key1" })],
  ["no padding", { Authorization: "Basic YWI6a2V5MQ" }, presented({ authorization: "key1" })],
  ["no user name", { Authorization: `Basic ${utf8(":k")}` }, presented({ authorization: "k" })],
  [
    "colons in the password",
    { Authorization: `Basic ${utf8("any:a:b:")}` },
    presented({ authorization: "a:b:" }),
  ],
  ["a user name in UTF-8", { Authorization: `Basic ${utf8("Jörg:k")}` }, presented({ authorization: "k" })],
  [
    "a user name in Latin-1",
    { Authorization: `Basic ${latin1("Jörg:k")}` },
    presented({ authorization: "k" }),
  ],
  [
    "a password in UTF-8",
    { Authorization: `Basic ${utf8("any:schlüssel")}` },
    presented({ authorization: "schlüssel" }),
  ],
  [
    "the empty answer of .NET to a challenge",
    { Authorization: "Basic Og==" },
    { isPresented: false, isEmptyAnswer: true },
  ],
  ["no password", { Authorization: `Basic ${utf8("any:")}` }, unreadable],
  ["no colon", { Authorization: `Basic ${utf8("any")}` }, unreadable],
  ["broken Base64", { Authorization: "Basic YWI6a2V5M!" }, unreadable],
  ["Base64 of impossible length", { Authorization: "Basic YWI6a" }, unreadable],
  ["Basic alone", { Authorization: "Basic" }, unreadable],
  ["Bearer", { Authorization: "Bearer k" }, presented({ authorization: "k" })],
  ["Bearer in odd casing", { Authorization: "BEARER k" }, presented({ authorization: "k" })],
  ["another scheme", { Authorization: "Negotiate TlRMTVNTUAAB" }, unreadable],
  ["two words", { Authorization: "Bearer k k" }, unreadable],
  ["an empty Authorization", { Authorization: "" }, nothing],
  [
    "both headers",
    { "X-NuGet-ApiKey": "a", Authorization: "Bearer b" },
    presented({ apiKey: "a", authorization: "b" }),
  ],
  [
    "a key beside broken Base64",
    { "X-NuGet-ApiKey": "a", Authorization: "Basic !" },
    presented({ apiKey: "a" }),
  ],
])("%s", (_, headers, expected) => {
  expect(credentialsOf(new Headers(headers))).toEqual(expected);
});

test("any password comes back, whatever the user name", () => {
  const text = fc.string({ unit: "grapheme" });
  const userName = text.filter((name) => !name.includes(":"));
  fc.assert(
    fc.property(userName, text, (name, password) => {
      const headers = new Headers({ Authorization: `Basic ${utf8(`${name}:${password}`)}` });
      const withoutPassword = name === "" ? { isPresented: false, isEmptyAnswer: true } : unreadable;
      expect(credentialsOf(headers)).toEqual(
        password === "" ? withoutPassword : presented({ authorization: password }),
      );
    }),
  );
});
