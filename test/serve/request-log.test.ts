import { describe, expect, test } from "vitest";
import { loggedPath, type RequestEntry, requestJson, requestLine } from "../../src/serve/request-log.js";

const entry: RequestEntry = {
  time: "2026-03-01T14:03:22.123Z",
  id: "r1",
  method: "PUT",
  path: "/v3/package/",
  status: 201,
  milliseconds: 1234,
  bytes: 350,
  address: "192.0.2.1",
  user: "ci",
  agent: "NuGet Command Line/6.12.0",
};
const small: RequestEntry = {
  time: entry.time,
  id: "r2",
  method: "GET",
  path: "/",
  status: 200,
  milliseconds: 2,
};
const key = `nupress_${"aB3-_".repeat(9).slice(0, 43)}`;
const forged = "a\r\n14:03:22  200\u001b[2J\u0085\u2028\u202e\u007f";

describe("a line for people", () => {
  test("tells what has the same length for all requests first", () => {
    expect([requestLine(entry), requestLine(small)]).toEqual([
      "14:03:22  201  PUT        1234 ms     350 B  192.0.2.1        /v3/package/  (key ci, NuGet Command Line/6.12.0)",
      "14:03:22  200  GET           2 ms                             /",
    ]);
  });

  test.each([
    [999, "999 B"],
    [1000, "1.0 kB"],
    [3_000_000, "3.0 MB"],
  ])("tells %i bytes as %s", (bytes, text) => {
    expect(requestLine({ ...small, bytes })).toContain(`  ${text}  `);
  });

  test("keeps what clients say in one line, visibly", () => {
    const line = requestLine({ ...small, method: "A\n", path: forged, agent: forged, note: forged });
    expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u);
    expect(line).toContain("a\\u000d\\u000a14:03:22");
  });
});

describe("a line for programs", () => {
  test("is the entry as JSON", () => {
    expect(JSON.parse(requestJson(entry))).toEqual(entry);
  });

  test("keeps what clients say in one line, unharmed", () => {
    const odd = { ...small, path: forged, agent: forged };
    expect(requestJson(odd)).not.toMatch(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u);
    expect(JSON.parse(requestJson(odd))).toEqual(odd);
  });
});

test.each([
  ["/v3/index.json", "/v3/index.json"],
  ["/v3/query?q=a%20key&skip=5", "/v3/query?q=a%20key&skip=5"],
  ["/?apikey=s3&API_KEY=s3&q=1&q=2", "/?apikey=***&API_KEY=***&q=1&q=2"],
  ["/?x-nuget-apikey=s3&access_token=a=b&Password=", "/?x-nuget-apikey=***&access_token=***&Password=***"],
  ["/?%61pi%6bey=s3&client%5Fsecret=s3&sig=s3", "/?%61pi%6bey=***&client%5Fsecret=***&sig=***"],
  ["/?key&design=1&%ff=1&%=2", "/?key&design=1&%ff=1&%=2"],
  ["/a?", "/a?"],
  [`/v3/publish/Contoso.Core/${key}`, "/v3/publish/Contoso.Core/***"],
  [`/${key}/?q=${key}&skip=5`, "/***/?q=***&skip=5"],
  ["/v3/flat/nupress_tools/index.json", "/v3/flat/nupress_tools/index.json"],
])("%s is logged as %s", (target, logged) => {
  expect(loggedPath(target)).toBe(logged);
});
