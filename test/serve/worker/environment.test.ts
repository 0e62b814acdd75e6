/** What a worker reads of its variables and secrets. */
import { expect, test } from "vitest";
import { readEnvironment, type WorkerEnvironment } from "../../../src/serve/worker/environment.js";

const given = { BUCKET: {}, NUPRESS_BASE_URL: "https://feed.example.com/" };

function settings(variables: Readonly<Record<string, unknown>>): ReturnType<typeof readEnvironment> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the bucket is not looked at, and the rest is checked
  return readEnvironment({ ...given, ...variables } as unknown as WorkerEnvironment);
}

test("an address is enough", () => {
  expect(settings({})).toEqual({
    feed: { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25, site: {} },
    keys: [],
    isPrivate: false,
    overwrite: "never",
    deletion: "unlist",
    largestBody: 95 * 1024 * 1024,
  });
});

test.for<readonly [variables: Readonly<Record<string, unknown>>, expected: object]>([
  [{ NUPRESS_BASE_URL: "https://example.com/nuget" }, { feed: { baseUrl: "https://example.com/nuget/" } }],
  [{ NUPRESS_SITE: '{"title":"Contoso"}' }, { feed: { site: { title: "Contoso" } } }],
  [{ NUPRESS_SITE: { title: "Contoso" } }, { feed: { site: { title: "Contoso" } } }],
  [{ NUPRESS_MAX_PACKAGE_SIZE: 20 }, { largestBody: 20 * 1024 * 1024 }],
  [{ NUPRESS_STATIC_SEARCH: "0" }, { feed: { staticSearch: 0 } }],
  [
    { NUPRESS_OVERWRITE: "always", NUPRESS_DELETION: "delete" },
    { overwrite: "always", deletion: "delete" },
  ],
  // Its pages tell how to say who one is.
  [{ NUPRESS_PRIVATE: "true" }, { isPrivate: true, feed: { site: { isPrivate: true } } }],
])("%j is taken", ([variables, expected]) => {
  expect(settings(variables)).toMatchObject(expected);
});

test("a feed without pages has none because it is private", () => {
  expect(settings({ NUPRESS_PRIVATE: true, NUPRESS_SITE: false }).feed).not.toHaveProperty("site");
});

test.for<readonly [variables: Readonly<Record<string, unknown>>, message: string]>([
  [{ NUPRESS_BASE_URL: "" }, "NUPRESS_BASE_URL is missing"],
  [{ NUPRESS_BASE_URL: "feed" }, 'Cannot use NUPRESS_BASE_URL "feed"'],
  [{ NUPRESS_SITE: "{" }, 'Cannot use NUPRESS_SITE "{"'],
  [{ NUPRESS_PRIVATE: "yes" }, 'Cannot use NUPRESS_PRIVATE "yes": needed is true or false'],
  [{ NUPRESS_OVERWRITE: "some" }, "needed is never, prerelease, always"],
  [{ NUPRESS_DELETION: 1 }, "needed is unlist, delete"],
  [{ NUPRESS_MAX_PACKAGE_SIZE: "0" }, "needed is a whole number from 1 on"],
  [{ NUPRESS_MAX_PACKAGE_SIZE: "1.5" }, "needed is a whole number"],
  [{ NUPRESS_STATIC_SEARCH: -1 }, 'Cannot use NUPRESS_STATIC_SEARCH "-1"'],
  [{ NUPRESS_KEYS: "nupress_secret" }, "Cannot read the keys of the secret NUPRESS_KEYS: it is not JSON"],
])("%j is refused", ([variables, message]) => {
  expect(() => settings(variables)).toThrow(message);
  expect(() => settings(variables)).not.toThrow("nupress_secret");
});
