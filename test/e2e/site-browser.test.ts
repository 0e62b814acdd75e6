/** What people do on the web site, in a real browser: the site of the example packages as a build writes it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { type ServedSite, serveSite } from "../support/browser-site.js";
import { examplePackagesFolder } from "../support/example-feed.js";

describeWithBrowser("the site of the example packages", () => {
  let site: ServedSite;
  let browser: Browser;
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    site = await serveSite([examplePackagesFolder], { title: "Contoso packages" });
    browser = await startBrowser();
    visit = await openVisit(browser, { permissions: ["clipboard-read", "clipboard-write"] });
    page = visit.page;
  });

  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  afterEach(() => {
    assertUntroubled(visit);
  });

  const open = async (path: string): Promise<void> => await visit.start(site.url + path);
  const shownVersion = () => page.locator(".package-heading .version");
  const section = (name: string) =>
    page.getByRole("navigation", { name: "About this package" }).getByText(name);

  it("is reached by keyboard past its header", async () => {
    await open("packages/contoso.core/");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toContain("Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
  });

  describe("search", () => {
    it("leads from the home page to a package by keyboard alone", async () => {
      await open("");
      await page.keyboard.press("/");
      await page.keyboard.type("contoso.gre");
      await page.getByRole("option", { name: "Contoso.Greeter.Tool" }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.url}packages/contoso.greeter.tool/`);
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Contoso.Greeter.Tool");
    });

    it("is narrowed by filters, and the address keeps them", async () => {
      await open("search/?q=contoso");
      const results = page.locator("#search-results h3 a");
      await results.nth(3).waitFor();
      await page.getByLabel("Type").selectOption("DotnetTool");
      await page.waitForURL(/packageType=/i);
      await expect.poll(() => results.allTextContents()).toEqual(["Contoso.Greeter.Tool"]);
      await page.reload();
      await expect.poll(() => results.allTextContents()).toEqual(["Contoso.Greeter.Tool"]);
    });

    it("starts from a tag of a package", async () => {
      await open("packages/contoso.core/");
      await page.getByRole("complementary").locator(".tags a").first().click();
      await page.waitForURL(/\/search\/\?q=/);
      await expect
        .poll(() => page.locator("#search-results h3 a").allTextContents())
        .toContain("Contoso.Core");
    });
  });

  describe("copy buttons", () => {
    it("copy the address of this very feed", async () => {
      await open("");
      await page.getByRole("button", { name: /^Copy/ }).first().click();
      expect(await copied()).toContain(`${site.url}v3/index.json`);
      expect(await page.getByRole("status").allTextContents()).toContain("Copied");
    });

    it("copy the text of every way to install", async () => {
      await open("packages/contoso.core/");
      const blocks = page.locator(".install .code-block");
      for (const tab of await page.locator(".install").getByRole("tab").all()) {
        await tab.click();
        const block = blocks.filter({ visible: true }).first();
        await block.getByRole("button").click();
        expect(await copied()).toBe(await block.locator("code").textContent());
      }
    });

    it("copy the hash of the package", async () => {
      await open("packages/contoso.core/");
      await page.getByRole("button", { name: "Copy SHA-512" }).click();
      expect(await copied()).toMatch(/^[\w+/]{86}==$/);
    });

    const copied = () => page.evaluate(() => navigator.clipboard.readText());
  });

  describe("tabs", () => {
    it.each([
      ["contoso.core", ".NET CLI"],
      ["contoso.greeter.tool", "Global tool"],
      ["contoso.templates", ".NET CLI"],
      ["contoso.build.sdk", "Project"],
    ])("of %s begin with what its package type needs: %s", async (id, first) => {
      await open(`packages/${id}/`);
      const tabs = page.locator(".install").getByRole("tab");
      expect(await tabs.first().textContent()).toBe(first);
      expect(await tabs.first().getAttribute("aria-selected")).toBe("true");
      expect(await page.locator(".install").getByRole("tabpanel").filter({ visible: true }).count()).toBe(1);
    });

    it("go by arrows, and the choice holds on the next package", async () => {
      await open("packages/contoso.core/");
      await page.getByRole("tab", { name: ".NET CLI" }).focus();
      await page.keyboard.press("ArrowRight");
      await page.goto(`${site.url}packages/contoso.text/`);
      const selected = page.locator(".install").getByRole("tab", { selected: true });
      expect(await selected.textContent()).toBe("PackageReference");
      expect(await page.getByRole("tabpanel", { name: "PackageReference" }).isVisible()).toBe(true);
    });
  });

  describe("the theme", () => {
    afterEach(async () => {
      await page.emulateMedia({ media: null, colorScheme: "light" });
    });

    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

    it("follows the system until it is chosen, and then sticks", async () => {
      await open("");
      const light = await ground();
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.getByLabel("Theme").selectOption("light");
      expect(await ground()).toBe(light);
      await page.goto(`${site.url}packages/contoso.core/`);
      expect(await ground()).toBe(light);
      expect(await page.getByLabel("Theme").inputValue()).toBe("light");
      await page.getByLabel("Theme").selectOption("system");
      expect(await ground()).toBe(dark);
    });

    it("is light on paper", async () => {
      await page.emulateMedia({ colorScheme: "dark" });
      await open("packages/contoso.core/");
      const dark = await ground();
      await page.emulateMedia({ media: "print" });
      expect(await ground()).not.toBe(dark);
      expect(await page.getByRole("search").isVisible()).toBe(false);
      expect(await page.locator("#versions").isVisible()).toBe(true);
    });
  });

  describe("a version", () => {
    it("of a deep link shows with all that it says of itself", async () => {
      await open("packages/contoso.core/#1.0.0");
      await expect.poll(() => shownVersion().textContent()).toBe("1.0.0");
      expect(await page.locator(".banner", { hasText: "unlisted" }).isVisible()).toBe(true);
      expect(await page.locator(".install code").first().textContent()).toContain("--version 1.0.0");
      expect(await page.getByRole("link", { name: /^Download/ }).getAttribute("href")).toMatch(
        /contoso\.core\/1\.0\.0\/contoso\.core\.1\.0\.0\.nupkg$/,
      );
    });

    it("brings its own readme", async () => {
      await open("packages/contoso.core/");
      await page.locator(".readme").waitFor();
      await page.goto(`${site.url}packages/contoso.core/#1.0.0`);
      await expect.poll(() => shownVersion().textContent()).toBe("1.0.0");
      await expect.poll(() => page.locator("[data-readme]").textContent()).toContain("Contoso.Core");
    });

    it("goes back with the browser", async () => {
      await open("packages/contoso.core/");
      const newest = await shownVersion().textContent();
      await section("Versions").click();
      await page.getByRole("link", { name: "1.1.0", exact: true }).click();
      await expect.poll(() => shownVersion().textContent()).toBe("1.1.0");
      await page.goBack();
      await expect.poll(() => shownVersion().textContent()).toBe(newest);
    });

    it("that the feed does not have is said so", async () => {
      await open("packages/contoso.core/#9.9.9");
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").textContent()).toContain("no version “9.9.9”");
    });

    it("is found in the table by a filter", async () => {
      await open("packages/contoso.core/");
      await section("Versions").click();
      const rows = page.locator("#versions-table tr[id]").filter({ visible: true });
      expect(await rows.count()).toBe(7);
      await page.getByLabel("Filter versions").fill("1.2");
      await expect.poll(() => rows.count()).toBe(2);
      await page.getByLabel("Filter versions").fill("");
      await page.getByLabel("Prereleases").uncheck();
      await expect.poll(() => rows.count()).toBe(5);
    });
  });

  describe("addresses", () => {
    it.each([
      ["packages/?id=CONTOSO.core&version=1.0", "packages/contoso.core/#1.0.0"],
      ["packages/?id=Contoso.Core&version=1.2.0.0", "packages/contoso.core/#1.2.0"],
      ["packages/?id=contoso.text", "packages/contoso.text/"],
      ["packages/Contoso.Core/2.0.0-BETA.1", "packages/contoso.core/#2.0.0-beta.1"],
      ["packages/Contoso.Text/", "packages/contoso.text/"],
    ])("in any spelling lead to the page: %s", async (asked, target) => {
      await open(asked);
      await page.waitForURL(site.url + target);
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/^Contoso\.(?:Core|Text)$/);
    });

    it("of a package that is not here help to find another", async () => {
      await open("packages/contoso.cor/");
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
        "This feed does not have contoso.cor",
      );
      await page.getByRole("combobox", { name: "Search packages" }).press("Enter");
      await page.locator("#search-results h3 a", { hasText: "Contoso.Core" }).waitFor();
    });

    it("that mean nothing get a page that works at any depth", async () => {
      await open("deep/down/nothing.html");
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("There is nothing here");
      await page.getByRole("link", { name: "See all packages" }).click();
      await page.waitForURL(`${site.url}packages/`);
    });
  });

  describe("dependencies", () => {
    it("lead to the package, which knows who uses it", async () => {
      await open("packages/contoso.text/");
      await section("Dependencies").click();
      await page.locator("#dependencies a", { hasText: "Contoso.Core" }).first().click();
      await page.waitForURL(/packages\/contoso\.core\//);
      await section("Used by").click();
      expect(await page.locator("#used-by a").allTextContents()).toContain("Contoso.Text");
    });
  });

  describe("without a script", () => {
    let plain: Visit;

    beforeAll(async () => {
      plain = await openVisit(browser, { javaScriptEnabled: false });
    });

    it("a package page shows everything, one part below the other", async () => {
      await plain.start(`${site.url}packages/contoso.core/`);
      for (const id of ["readme", "dependencies", "frameworks", "versions", "release-notes", "files"])
        expect(await plain.page.locator(`#${id}`).isVisible(), id).toBe(true);
      expect(await plain.page.locator(".install .code-block").filter({ visible: false }).count()).toBe(0);
      expect(await plain.page.getByRole("button", { name: /^Copy/ }).count()).toBe(0);
      expect(await plain.page.getByLabel("Theme").isVisible()).toBe(false);
    });

    it("every package is found by lists", async () => {
      await plain.start(site.url);
      await plain.page.getByRole("link", { name: "All packages" }).click();
      await plain.page.getByRole("main").getByRole("link", { name: "Contoso.Templates" }).click();
      expect(await plain.page.getByRole("heading", { level: 1 }).textContent()).toBe("Contoso.Templates");
    });

    it("the search page says where they are", async () => {
      await plain.start(`${site.url}search/?q=core`);
      await plain.page.getByRole("main").getByRole("link", { name: "The lists of all packages" }).click();
      expect(plain.page.url()).toBe(`${site.url}packages/`);
    });
  });
});
