/**
 * How the pages look: every kind of page at three widths and in both themes, checked for what can be told by rule, and kept as
 * pictures in `.artifacts/site` for the rest.
 */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { accessibilityFaults, movedElements, overflowingElements } from "../support/browser-checks.js";
import { type ServedSite, serveSite } from "../support/browser-site.js";
import { examplePackagesFolder } from "../support/example-feed.js";
import { validateHtml } from "../support/html-validator.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";
import { chineseId, longId, worldPackages } from "../support/world-packages.js";

const pictures = ".artifacts/site";

let site: ServedSite;
let packages: TemporaryFolder;

beforeAll(async () => {
  packages = await makeTemporaryFolder();
  for (const [name, bytes] of worldPackages()) await writeFile(join(packages.path, name), bytes);
  site = await serveSite([examplePackagesFolder, packages.path], {
    title: "Contoso packages",
    description: "Building blocks of Contoso’s services: guards, texts, logs and the tools around them.",
    links: [{ text: "Guide", url: "https://docs.contoso.example/" }],
    footerHtml: "<p>Run by the platform team.</p>",
  });
});

afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await packages.remove();
});

/** Every page that the build wrote, by its path. */
function pagesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".html"))
    .sort();
}

test("every page is valid HTML", async () => {
  const findings: string[] = [];
  for (const path of pagesOf(site.folder)) {
    const found = await validateHtml(readFileSync(join(site.folder, path), "utf8"));
    findings.push(...found.map((finding) => `${path}: ${finding}`));
  }
  expect(findings).toEqual([]);
});

describeWithBrowser("a page in a browser", () => {
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await startBrowser();
    // Colours that change slowly would be checked half way.
    visit = await openVisit(browser, { reducedMotion: "reduce" });
  });

  afterEach(async () => {
    await visit.page.emulateMedia({ colorScheme: "light" });
    assertUntroubled(visit);
  });

  afterAll(async () => {
    await browser?.close();
  });

  const open = async (address: string, width: number): Promise<void> => {
    await visit.page.setViewportSize({ width, height: 900 });
    await visit.start(site.url + address);
    if (address.startsWith("search/")) await visit.page.getByText("packages for “contoso”").waitFor();
  };
  /** What stands behind the # has another part of the page shown, so that things move. */
  const placement = async (address: string) => ({
    overflowing: await overflowingElements(visit.page),
    moved: address.includes("#") ? [] : await movedElements(visit.page),
  });
  const takePicture = async (name: string): Promise<unknown> =>
    await visit.page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  const firstPage = (folder: string): string =>
    pagesOf(join(site.folder, folder)).map((path) => folder + path)[0] ?? "";

  const pages: readonly (readonly [kind: string, address: () => string])[] = [
    ["home", () => ""],
    ["package", () => "packages/contoso.core/"],
    ["package-deprecated", () => "packages/contoso.legacy.log/"],
    ["readme", () => firstPage("packages/contoso.core/readme/")],
    ["licence", () => firstPage("packages/contoso.logging/license/")],
    ["list", () => "packages/"],
    ["search", () => "search/?q=contoso"],
    ["not-found", () => "nothing"],
  ];

  describe.each(pages)("%s", (kind, address) => {
    it.each([320, 2000])("fits into %i pixels, and nothing moves while it loads", async (width) => {
      await open(address(), width);
      expect(await placement(address())).toEqual({ overflowing: [], moved: [] });
      await takePicture(`${kind}-${width}`);
    });

    it("fits into 1024 pixels, and axe finds no fault with it in either theme", async () => {
      await open(address(), 1024);
      expect(await placement(address())).toEqual({ overflowing: [], moved: [] });
      await takePicture(`${kind}-1024`);
      expect(await accessibilityFaults(visit.page)).toEqual([]);
      await visit.page.emulateMedia({ colorScheme: "dark" });
      await takePicture(`${kind}-1024-dark`);
      expect(await accessibilityFaults(visit.page)).toEqual([]);
    });
  });

  it.each<[kind: string, address: () => string]>([
    ["package-old", () => "packages/contoso.core/#1.0.0"],
    ["package-versions", () => "packages/contoso.core/#versions"],
    ["package-files", () => "packages/contoso.logging/#files"],
    ["package-tool", () => "packages/contoso.greeter.tool/"],
    ["package-chinese", () => `packages/${encodeURIComponent(chineseId)}/`],
    ["package-long", () => `packages/${longId.toLowerCase()}/`],
    ["not-found-package", () => "packages/contoso.nothing/#"],
  ])("of the same kinds, with other things in it, fits as well: %s", async (kind, address) => {
    await open(address(), 320);
    expect(await placement(address())).toEqual({ overflowing: [], moved: [] });
    await takePicture(`${kind}-320`);
    await visit.page.setViewportSize({ width: 1024, height: 900 });
    expect(await overflowingElements(visit.page)).toEqual([]);
    await visit.page.emulateMedia({ colorScheme: "dark" });
    await takePicture(`${kind}-1024-dark`);
    expect(await accessibilityFaults(visit.page)).toEqual([]);
  });
});
