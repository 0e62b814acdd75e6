import { describe, expect, test } from "vitest";
import { webUrl } from "../../src/feed/links.js";

describe("webUrl", () => {
  test.each([
    "https://contoso.example.com/",
    "http://contoso.example.com",
    "HTTPS://Contoso.example.com/Core?a=b#c",
    "https://contoso.example.com/żółw",
  ])("passes %s on as it is written", (text) => {
    expect(webUrl(text)).toBe(text);
  });

  test.each([
    undefined,
    "",
    "contoso.example.com",
    "/core",
    "//contoso.example.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://contoso.example.com",
    "https://",
    "https:// contoso",
    "https://[::",
  ])("passes %j not on", (text) => {
    expect(webUrl(text)).toBeUndefined();
  });
});
