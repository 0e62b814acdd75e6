import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toBuildOptions } from "../../../src/cli/config/build-options.js";
import { readEnvironment } from "../../../src/cli/config/environment.js";
import { type ResolvedSettings, resolveSettings } from "../../../src/cli/config/resolve.js";
import {
  fileKeys,
  flagName,
  type SettingKey,
  settingKeys,
  variableName,
} from "../../../src/cli/config/settings.js";
import { parseSettingsFile } from "../../../src/cli/config/settings-file.js";
import type { Facts } from "../../../src/feed/facts.js";
import { parseFactsFile } from "../../../src/feed/facts-file.js";
import { parseSiteSettings, type SiteSettings } from "../../../src/feed/site-settings.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
});
afterEach(() => folder.remove());

describe("nupress.json", () => {
  const parse = (settings: unknown): unknown => parseSettingsFile(JSON.stringify(settings), "nupress.json");

  test("holds every setting, checked and normalized", () => {
    const settings = {
      $schema: "node_modules/nupress/schemas/nupress.schema.json",
      packages: ["packages", "more/*.nupkg"],
      output: "public",
      baseUrl: "https://example.com/feed",
      dynamicUrl: "https://search.example.com",
      site: false,
      folderFeed: true,
      staticSearch: 0,
      sourceName: "team-a",
      strict: true,
      allowEmpty: true,
      allowInsecure: false,
    };
    const { $schema: _, ...expected } = settings;
    expect(parse(settings)).toEqual({
      ...expected,
      baseUrl: "https://example.com/feed/",
      dynamicUrl: "https://search.example.com/",
    });
  });

  test("may name one folder of packages", () => {
    expect(parse({ packages: "packages" })).toEqual({ packages: ["packages"] });
  });

  test.each([
    [{ packages: 1 }, '"packages" in "nupress.json" 1: needed is a path, or a list of paths'],
    [{ packages: ["a", ""] }, '"packages" in "nupress.json" ["a",""]: needed is a path, or a list of paths'],
    [{ output: ["public"] }, '"output" in "nupress.json" ["public"]: needed is a path'],
    [{ output: "" }, '"output" in "nupress.json" "": needed is a path'],
    [{ output: "a\0b" }, '"output" in "nupress.json" "a\\u0000b": needed is a path'],
    [{ packages: "\0" }, '"packages" in "nupress.json" "\\u0000": needed is a path, or a list of paths'],
    [{ baseUrl: true }, '"baseUrl" in "nupress.json" true: needed is an address as text'],
    [
      { baseUrl: "example.com" },
      '"baseUrl" in "nupress.json" "example.com": needed is an address that begins',
    ],
    [{ folderFeed: "yes" }, '"folderFeed" in "nupress.json" "yes": needed is true or false'],
    [{ staticSearch: "25" }, '"staticSearch" in "nupress.json" "25": needed is a whole number, 0 or above'],
    [{ staticSearch: 2.5 }, '"staticSearch" in "nupress.json" 2.5: needed is a whole number, 0 or above'],
    [{ staticSearch: -1 }, '"staticSearch" in "nupress.json" -1: needed is a whole number, 0 or above'],
    [{ threads: 2000 }, '"threads" in "nupress.json" 2000: needed is a whole number, 0 to 64'],
    [{ lockTimeout: 1e300 }, '"lockTimeout" in "nupress.json" 1e+300: needed is a whole number, 0 or above'],
    [{ sourceName: "a b" }, '"sourceName" in "nupress.json" "a b": needed is a name of letters, digits'],
    [{ strict: null }, '"strict" in "nupress.json" null: needed is true or false'],
    [{ site: "no" }, '"site" in "nupress.json" "no": needed is true, false or an object such as {"title"'],
    [{ site: [] }, '"site" in "nupress.json" []: needed is true, false or an object'],
    [
      { site: { accentColor: "red" } },
      '"site" in "nupress.json": cannot use "site.accentColor" "red": needed is a colour',
    ],
  ])("%j is refused with the key, the value and what is needed", (settings, message) => {
    expect(() => parse(settings)).toThrow(expect.objectContaining({ code: "settings-invalid" }));
    expect(() => parse(settings)).toThrow(`Cannot use ${message}`);
  });

  test.each([
    ["baseURL", "did you mean baseUrl?"],
    ["base-url", "did you mean baseUrl?"],
    ["outptu", "did you mean output?"],
    ["quantum", `known are ${fileKeys.join(", ")}`],
  ])("the unknown key %j is an error with the hint %s", (key, hint) => {
    expect(() => parse({ [key]: 1 })).toThrow(
      expect.objectContaining({
        code: "settings-unknown",
        message: `Cannot use "nupress.json": it has an unknown key "${key}"`,
        hint,
      }),
    );
  });

  test("an unknown key of the site is an error with the nearest one", () => {
    expect(() => parse({ site: { titel: "Contoso" } })).toThrow(
      expect.objectContaining({
        code: "settings-unknown",
        message: 'Cannot use "site" in "nupress.json": cannot use site settings: "titel" is not one of them',
        hint: 'did you mean "title"?',
      }),
    );
  });

  test("says whether there is to be a site, or what it is to look like", () => {
    for (const site of [true, false, {}, { title: "Contoso", badges: true }])
      expect(parse({ site })).toEqual({ site });
  });

  test.each<[SettingKey, string]>([
    ["allowMassRemoval", "--allow-mass-removal"],
    ["allowReplace", "--allow-replace"],
  ])("%s lifts a guard for every run and so is refused", (key, flag) => {
    expect(() => parse({ [key]: true })).toThrow(
      expect.objectContaining({ code: "settings-invalid", hint: `add ${flag} to the run that needs it` }),
    );
  });

  test.each([
    ["[]", "needed is an object"],
    ["null", "needed is an object"],
    ["{", "it is not JSON"],
    ["", "it is not JSON"],
  ])("the text %j is refused: %s", (text, reason) => {
    expect(() => parseSettingsFile(text, "nupress.json")).toThrow(reason);
  });

  test("may begin with a byte order mark", () => {
    expect(parseSettingsFile('\uFEFF{"strict": true}', "nupress.json")).toEqual({ strict: true });
  });
});

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

describe("schemas", () => {
  test("the settings' has exactly the keys of the file, each with its flag and variable", () => {
    const { properties } = readSchema("nupress");
    const { $schema: _, ...described } = properties;
    expect(Object.keys(described)).toEqual(fileKeys);
    for (const key of fileKeys.filter((key) => key !== "packages")) {
      const flag = key === "site" ? "--no-site" : flagName(key);
      expect(described[key]?.description).toContain(`(${flag}, ${variableName(key)})`);
    }
  });

  test("the settings' has exactly the settings of the site", () => {
    const site: Required<SiteSettings> = {
      title: "Contoso packages",
      description: "What our teams share",
      logo: "logo.png",
      accentColor: "#0b6e4f",
      links: [{ text: "Guide", url: "guide/" }],
      css: "brand.css",
      footerHtml: "<p>Ask us.</p>",
      language: "pt-BR",
      isPrivate: true,
      reportAbuseUrl: "mailto:packages@example.com",
      atom: "feed",
      badges: true,
    };
    const described = readSchema("nupress").properties["site"]?.oneOf?.find(({ type }) => type === "object");
    expect(Object.keys(described?.properties ?? {})).toEqual(Object.keys(site));
    expect(Object.keys(parseSiteSettings(site))).toEqual(Object.keys(site));
  });

  test("the facts' has exactly the facts that are read", () => {
    const facts: Required<Facts> = {
      listed: true,
      published: "2024-05-01T10:00:00+00:00",
      deprecation: {
        reasons: ["Legacy"],
        message: "Old",
        alternatePackage: { id: "Contoso.New", range: "*" },
      },
      vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: 2 }],
      owners: ["contoso"],
      verified: true,
    };
    const { definitions = {} } = readSchema("packages");
    expect(Object.keys(definitions["facts"]?.properties ?? {})).toEqual(Object.keys(facts));
    expect(Object.keys(definitions["deprecation"]?.properties ?? {})).toEqual(Object.keys(facts.deprecation));
    const file = { $schema: "packages.schema.json", "Contoso.Core": { "[1.0,2.0)": facts } };
    expect(parseFactsFile(JSON.stringify(file), "packages.json").problems).toEqual([]);
  });

  test("every setting has a flag and a variable of its own", () => {
    expect(new Set(settingKeys.map(flagName)).size).toBe(settingKeys.length);
    expect(settingKeys.map(variableName)).toContain("NUPRESS_ALLOW_MASS_REMOVAL");
  });
});

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8"));
}
