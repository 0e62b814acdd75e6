import { expect, test } from "vitest";
import { toldSettings } from "../../../src/cli/config/told-settings.js";

test("settings are told one by one, those of the site too, each with its origin", () => {
  const settings = {
    packages: ["a", "b"],
    staticSearch: 0,
    site: { title: "Contoso", links: [{ text: "Guide", url: "guide/" }] },
  };
  const origins = { packages: "command line", staticSearch: "variable", site: "nupress.json" };
  expect(toldSettings(settings, origins)).toEqual([
    'packages = ["a","b"] (command line)',
    "staticSearch = 0 (variable)",
    'site.title = "Contoso" (nupress.json)',
    'site.links = [{"text":"Guide","url":"guide/"}] (nupress.json)',
  ]);
});

test.each([true, false, {}])("the site %j is one setting", (site) => {
  expect(toldSettings({ site }, { site: "variable" })).toEqual([`site = ${JSON.stringify(site)} (variable)`]);
});

test("long values are cut", () => {
  const [line] = toldSettings({ site: { css: "a".repeat(5000) } }, { site: "nupress.json" });
  expect(line).toMatch(/^site\.css = "a{99}… \(nupress\.json\)$/);
});
