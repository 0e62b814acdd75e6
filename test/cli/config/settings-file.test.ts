import { describe, expect, test } from "vitest";
import { fileKeys, type SettingKey } from "../../../src/cli/config/settings.js";
import { parseSettingsFile } from "../../../src/cli/config/settings-file.js";

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
