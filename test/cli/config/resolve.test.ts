import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ResolvedSettings, resolveSettings } from "../../../src/cli/config/resolve.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
});
afterEach(() => folder.remove());

describe("precedence", () => {
  const resolve = (
    settings: object | undefined,
    environment: Record<string, string> = {},
    output?: string,
  ): Promise<ResolvedSettings> => {
    const flags =
      output === undefined
        ? []
        : [{ key: "output", place: "--output", form: "text", value: output } as const];
    const written = settings && writeFile(join(folder.path, "nupress.json"), JSON.stringify(settings));
    return Promise.resolve(written).then(() => resolveSettings({ flags, environment, folder: folder.path }));
  };

  test("flags win over variables, which win over the file", async () => {
    const file = { output: "file", strict: true, sourceName: "file" };
    const variables = { NUPRESS_OUTPUT: "variable", NUPRESS_SOURCE_NAME: "variable" };
    expect(await resolve(file, variables, "flag")).toEqual({
      settings: { output: "flag", sourceName: "variable", strict: true },
      origins: { output: "command line", sourceName: "variable", strict: "nupress.json" },
    });
  });

  test("a wrong value is an error also where another layer wins", async () => {
    await expect(resolve({ output: 1 }, {}, "flag")).rejects.toThrow(
      'Cannot use "output" in "nupress.json" 1',
    );
  });

  test.each([
    [{ title: "A" }, "yes", { title: "A" }, "nupress.json"],
    [{ title: "A" }, "no", false, "variable"],
    [false, "yes", true, "variable"],
    [undefined, "no", false, "variable"],
  ])("the site %j with the variable %s is %j", async (site, variable, expected, origin) => {
    const { settings, origins } = await resolve({ site }, { NUPRESS_SITE: variable });
    expect([settings.site, origins["site"]]).toEqual([expected, origin]);
  });

  test("without a file and variables nothing is said", async () => {
    expect(await resolve(undefined)).toEqual({ settings: {}, origins: {} });
  });

  test("a file that was named must be there", async () => {
    const sources = { flags: [], environment: {}, folder: folder.path, file: "none.json" };
    await expect(resolveSettings(sources)).rejects.toMatchObject({
      code: "settings-missing",
      message: 'Cannot read settings from "none.json": there is no such file',
    });
  });

  test("paths in a file count from its folder", async () => {
    await mkdir(join(folder.path, "config"));
    const absolute = join(folder.path, "elsewhere");
    const site = { title: "a.css", css: "brand.css", footerHtml: "../footer.html" };
    const settings = { packages: ["../packages", absolute], output: "public", site };
    await writeFile(join(folder.path, "config/feed.json"), JSON.stringify(settings));
    const sources = { flags: [], environment: {}, folder: folder.path, file: "config/feed.json" };
    expect((await resolveSettings(sources)).settings).toEqual({
      packages: ["packages", absolute],
      output: join("config", "public"),
      site: { title: "a.css", css: join("config", "brand.css"), footerHtml: "footer.html" },
    });
  });
});
