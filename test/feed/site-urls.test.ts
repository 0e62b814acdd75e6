import { describe, expect, test } from "vitest";
import {
  badgePath,
  HOME_PAGE,
  idOfSitePath,
  listPath,
  PACKAGES_PAGE,
  packageHref,
  packagePagePath,
  packageVersionsPath,
  pageHref,
  pageUrl,
  rootFrom,
  SEARCH_PAGE,
} from "../../src/feed/site-urls.js";
import { isSafePath } from "../../src/store/path.js";
import { testKey } from "../support/ids.js";

describe("paths of the site", () => {
  test("of no two ids are the same, or one the folder of another", () => {
    const ids = ["a", "a.svg", "a.json", "a.pre", "pre", "index.html", "index", "readme", "con", "数据"].map(
      testKey,
    );
    const paths = [
      HOME_PAGE,
      PACKAGES_PAGE,
      ...ids.flatMap((id) => [
        packagePagePath(id),
        packageVersionsPath(id),
        badgePath(id, "stable", "svg"),
        badgePath(id, "stable", "json"),
        badgePath(id, "prerelease", "svg"),
        badgePath(id, "prerelease", "json"),
      ]),
    ];
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`)))).toEqual([]);
    expect(paths.filter((path) => !isSafePath(path))).toEqual([]);
  });

  test("tell the id that they belong to", () => {
    for (const id of [testKey("Contoso.Core"), testKey("index.html"), testKey("a.svg")]) {
      expect(idOfSitePath(packageVersionsPath(id))).toBe(id);
      expect(idOfSitePath(badgePath(id, "prerelease", "json"))).toBe(id);
    }
    expect(idOfSitePath(PACKAGES_PAGE)).toBeUndefined();
    expect(idOfSitePath("v3/flat/a/index.json")).toBeUndefined();
  });

  test.each(["con", "contoso.", "a-", "ü"])(
    "keep the list of %s apart from devices and dropped dots",
    (prefix) => {
      const folder = listPath(prefix).split("/")[1] ?? "";
      expect(folder).toMatch(/-$/);
      expect(isSafePath(listPath(prefix))).toBe(true);
    },
  );
});

describe("links of the site", () => {
  test("lead to folders, from where the page is", () => {
    expect(rootFrom(HOME_PAGE)).toBe("./");
    expect(rootFrom(packagePagePath(testKey("a")))).toBe("../../");
    expect(pageHref("../", HOME_PAGE)).toBe("../");
    expect(pageHref("./", SEARCH_PAGE)).toBe("./search/");
    expect(pageUrl("https://example.com/f/", listPath("数"))).toBe("https://example.com/f/all/%E6%95%B0-/");
  });

  test("lead to a version of an id whatever letters it has", () => {
    expect(packageHref("../", testKey("数据.Core"))).toBe("../packages/%E6%95%B0%E6%8D%AE.core/");
    expect(packageHref("../", testKey("index.html"))).toBe("../packages/index.html-/");
  });
});
