import { describe, expect, test } from "vitest";
import { toBuildOptions } from "../../../src/cli/config/build-options.js";

describe("options of a build", () => {
  const complete = { packages: ["packages"], output: "public", baseUrl: "https://example.com/" };

  test("have defaults for the common case", () => {
    expect(toBuildOptions(complete)).toEqual({
      sources: ["packages"],
      output: "public",
      settings: { baseUrl: "https://example.com/", folderFeed: false, staticSearch: 25, site: {} },
    });
  });

  test.each([
    [undefined, { site: {} }],
    [true, { site: {} }],
    [{ title: "Contoso" }, { site: { title: "Contoso" } }],
    [false, {}],
  ])("with the site %j make %j", (site, expected) => {
    const { settings } = toBuildOptions({ ...complete, ...(site !== undefined && { site }) });
    expect(settings).toEqual({
      baseUrl: "https://example.com/",
      folderFeed: false,
      staticSearch: 25,
      ...expected,
    });
  });

  test("hold what was said", () => {
    const said = {
      sourceName: "a",
      strict: true,
      allowEmpty: true,
      allowMassRemoval: true,
      allowReplace: true,
    };
    const shaping = { dynamicUrl: "https://search.example.com/", folderFeed: true, staticSearch: 0 };
    expect(toBuildOptions({ ...complete, ...said, ...shaping })).toEqual({
      sources: ["packages"],
      output: "public",
      settings: { baseUrl: "https://example.com/", ...shaping, site: {} },
      ...said,
    });
  });

  test.each([
    ["packages", "packages-missing", "nupress build packages"],
    ["output", "output-missing", "--output public"],
    ["baseUrl", "base-url-missing", "--base-url https://example.com/feed/"],
  ] as const)("without %s are an error whose hint shows how to give it", (key, code, hint) => {
    const { [key]: _, ...rest } = complete;
    expect(() => toBuildOptions(rest)).toThrow(
      expect.objectContaining({ code, hint: expect.stringContaining(hint) }),
    );
  });

  test.each(["baseUrl", "dynamicUrl"])("need https as %s, unless plain http is allowed", (key) => {
    const settings = { ...complete, [key]: "http://example.com/" };
    expect(() => toBuildOptions(settings)).toThrow(expect.objectContaining({ code: "base-url-insecure" }));
    expect(() => toBuildOptions({ ...settings, allowInsecure: true })).not.toThrow();
  });
});
