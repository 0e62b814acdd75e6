import { describe, expect, test } from "vitest";
import { assertSecure, parseBaseUrl } from "../../src/feed/base-url.js";

const refuse = (needed: string): Error => new Error(`needed is ${needed}`);

test.each([
  ["https://example.com", "https://example.com/"],
  ["https://example.com/feed", "https://example.com/feed/"],
  ["https://example.com/feed/", "https://example.com/feed/"],
  [" HTTPS://Example.COM:443/Feed ", "https://example.com/Feed/"],
  ["http://localhost:5080", "http://localhost:5080/"],
  ["https://example.com/a b/ü", "https://example.com/a%20b/%C3%BC/"],
])("%j becomes %s", (text, expected) => {
  expect(parseBaseUrl(text, refuse)).toBe(expected);
});

test.each([
  ["", "begins with https://"],
  ["example.com/feed", "begins with https://"],
  ["/feed", "begins with https://"],
  ["https:/example.com", "begins with https://"],
  ["https://", "begins with https://"],
  ["https:///feed", "begins with https://"],
  ["ftp://example.com/", "begins with https://"],
  ["file:///srv/feed", "begins with https://"],
  ["https://example.com:port/", "begins with https://"],
  ["https://example.com/?x=1", "without ? and #"],
  ["https://example.com/?", "without ? and #"],
  ["https://example.com/#top", "without ? and #"],
  ["https://user@example.com/", "without user name and password"],
  ["https://user:secret@example.com/", "without user name and password"],
])("%j is refused: %s", (text, needed) => {
  expect(() => parseBaseUrl(text, refuse)).toThrow(needed);
});

describe("plain http", () => {
  test.each(["http://localhost/", "http://127.0.0.1:81/", "http://127.9.9.9/", "http://[::1]:5080/"])(
    "is fine for %s, which is this machine",
    (url) => {
      expect(() => assertSecure(url, "base URL", false)).not.toThrow();
    },
  );

  test.each([
    "http://example.com/",
    "http://localhost.example.com/",
    "http://10.0.0.1/",
    "http://127.0.0.1.example/",
  ])("is refused for %s unless it is allowed", (url) => {
    expect(() => assertSecure(url, "base URL", false)).toThrow(
      `Cannot use base URL "${url}": anybody on the way could change packages`,
    );
    expect(() => assertSecure(url, "base URL", true)).not.toThrow();
  });
});
