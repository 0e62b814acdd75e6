import { expect, test } from "vitest";
import { clientLine } from "../../src/cli/client-line.js";

test.each([
  [
    "https://contoso.example.com/feed/",
    "dotnet nuget add source https://contoso.example.com/feed/v3/index.json --name contoso.example.com",
  ],
  [
    "http://localhost:5080/",
    "dotnet nuget add source http://localhost:5080/v3/index.json --name localhost --allow-insecure-connections",
  ],
  [
    "http://[::1]:5080/",
    "dotnet nuget add source http://[::1]:5080/v3/index.json --name local --allow-insecure-connections",
  ],
  [
    "http://feeds.example.com/",
    "dotnet nuget add source http://feeds.example.com/v3/index.json --name feeds.example.com --allow-insecure-connections",
  ],
])("the line for %s", (baseUrl, expected) => {
  expect(clientLine(baseUrl)).toBe(expected);
});
