import { describe, expect, test } from "vitest";
import { readEnvironment } from "../../../src/cli/config/environment.js";

describe("variables", () => {
  test("say the same as flags", () => {
    const separator = process.platform === "win32" ? ";" : ":";
    const variables = {
      NUPRESS_PACKAGES: `packages${separator}more`,
      NUPRESS_BASE_URL: "https://example.com/feed",
      NUPRESS_STATIC_SEARCH: "100",
      NUPRESS_SITE: "no",
      NUPRESS_STRICT: "1",
      NUPRESS_ALLOW_REPLACE: "TRUE",
      PATH: "/bin",
    };
    expect(readEnvironment(variables)).toEqual({
      packages: ["packages", "more"],
      baseUrl: "https://example.com/feed/",
      staticSearch: 100,
      site: false,
      strict: true,
      allowReplace: true,
    });
  });

  test("that are empty count as absent", () => {
    expect(readEnvironment({ NUPRESS_BASE_URL: "", NUPRESS_STRICT: "" })).toEqual({});
  });

  test("with a wrong value are named", () => {
    expect(() => readEnvironment({ NUPRESS_STRICT: "maybe" })).toThrow(
      'Cannot use NUPRESS_STRICT "maybe": needed is true or false',
    );
    expect(() => readEnvironment({ NUPRESS_STATIC_SEARCH: "many" })).toThrow(
      'Cannot use NUPRESS_STATIC_SEARCH "many": needed is a whole number',
    );
  });

  test("that look like a slip are errors, others are none of ours", () => {
    expect(() => readEnvironment({ NUPRESS_BASEURL: "https://example.com/" })).toThrow(
      expect.objectContaining({ code: "settings-unknown", hint: "did you mean NUPRESS_BASE_URL?" }),
    );
    expect(readEnvironment({ NUPRESS_DOCKER_IMAGE_TAG: "1" })).toEqual({});
  });
});
