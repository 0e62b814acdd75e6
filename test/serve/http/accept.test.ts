import { describe, expect, test } from "vitest";
import { acceptsGzip, prefersHtml } from "../../../src/serve/http/accept.js";

describe("compression", () => {
  test.each([
    ["gzip", true],
    ["gzip, deflate", true],
    ["gzip, deflate, br;q=0.9", true],
    ["br, GZIP ; q=0.5", true],
    ["x-gzip", true],
    ["*", true],
    ["gzip;q=0.5, identity;q=0.5", true],
    [null, false],
    ["", false],
    ["br", false],
    ["identity", false],
    ["gzip;q=0", false],
    ["gzip;q=0.000", false],
    ["*;q=0", false],
    ["*, gzip;q=0", false],
    ["gzip;q=0.3, identity;q=0.8", false],
    ["gzip;q=nonsense", false],
    ["xgzip", false],
  ])("Accept-Encoding %j: gzip is %s", (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected);
  });
});

describe("pages", () => {
  test.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
    ["TEXT/HTML", true],
    ["text/html, application/json", true],
    ["*/*", false],
    [null, false],
    ["application/json", false],
    ["application/json, text/html;q=0.5", false],
    ["text/html;q=0", false],
  ])("Accept %j: HTML is preferred is %s", (header, expected) => {
    expect(prefersHtml(header)).toBe(expected);
  });
});
