/** A package that attacks every field, built and shown: nothing of it runs in a browser, and no other host is reached. */
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attackFiles, attackId, attackText, attackUrl } from "../support/attack-packages.js";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { type ServedSite, serveSite } from "../support/browser-site.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

describeWithBrowser("a package that attacks", () => {
  let packages: TemporaryFolder;
  let site: ServedSite;
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    packages = await makeTemporaryFolder();
    for (const [name, content] of attackFiles()) await writeFile(join(packages.path, name), content);
    site = await serveSite([packages.path]);
    browser = await startBrowser();
    visit = await openVisit(browser);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    await packages.remove();
  });

  const folder = `packages/${attackId.toLowerCase()}/`;
  const details = (text: string): string =>
    new URLSearchParams({ id: text, version: text, packageType: text }).toString();
  const pagesIn = (path: string): string[] => readdirSync(join(site.folder, path)).map((name) => path + name);

  /** Whether the package got further than into texts: by a script, an address or an element of its own. */
  const breakIns = () =>
    visit.page.evaluate((ownScripts) => {
      const all = [...document.querySelectorAll("*")];
      const isOurs = ({ src, type }: HTMLScriptElement): boolean =>
        type === "application/ld+json" || src.startsWith(ownScripts);
      return {
        ran: "attacked" in window,
        scripts: [...document.scripts].filter((script) => !isOurs(script)).map(({ outerHTML }) => outerHTML),
        handlers: all.flatMap(({ attributes }) =>
          [...attributes].filter(({ name }) => /^on|^style$/.test(name)),
        ).length,
        links: all
          .flatMap((element) => ["href", "src", "action"].map((name) => element.getAttribute(name) ?? ""))
          .filter((address) => /^\s*(?:javascript|vbscript|data:text)/i.test(address)),
        elements: document.querySelectorAll(
          "iframe, object, embed, base, body style, meta[http-equiv=refresh]",
        ).length,
      };
    }, `${site.url}site/`);
  const none = { ran: false, scripts: [], handlers: 0, links: [], elements: 0 };

  it("is taken into the feed, without its icon", () => {
    expect(site.report.versions).toBe(3);
    expect(
      readdirSync(site.folder, { recursive: true, encoding: "utf8" }).filter((path) =>
        /icon|\.svg$/.test(path),
      ),
    ).toEqual(["site/favicon.svg"]);
  });

  it.each([
    ["the home page", "", ".package-card"],
    ["the list", "packages/", ".id-list a"],
    ["its page", folder, "[data-used-by]"],
    ["an old version", `${folder}#1.0.0`, '[data-shown="1.0.0"] .readme'],
    ["a prerelease", `${folder}#3.0.0-rc.1`, '[data-shown="3.0.0-rc.1"] .readme'],
    ["a version that is an attack", `${folder}#${encodeURIComponent(attackText)}`, ".package"],
    ["details of an attack", `packages/?${details(attackText)}`, "#details-status:not([hidden])"],
    ["details of a script", `packages/?${details(attackUrl)}`, "#details-status:not([hidden])"],
    ["a path that is an attack", `packages/${encodeURIComponent(attackText)}/`, "#not-found-text"],
    ["a search for an attack", `search/?q=${encodeURIComponent(attackText)}`, "#search-status:not(:empty)"],
  ])("runs nothing on %s", async (_, address, sign) => {
    await visit.start(site.url + address);
    await visit.page.locator(sign).first().waitFor({ state: "attached" });
    expect(await breakIns()).toEqual(none);
    assertUntroubled(visit);
  });

  it("runs nothing in any section of its page", async () => {
    await visit.start(site.url + folder);
    for (const link of await visit.page.locator("[data-section]").filter({ visible: true }).all())
      await link.click();
    expect(await breakIns()).toEqual(none);
    assertUntroubled(visit);
  });

  it("runs nothing in what search shows", async () => {
    await visit.start(`${site.url}search/?q=attack`);
    await visit.page.locator("#search-results h3 a").first().waitFor();
    expect(await breakIns()).toEqual(none);
    assertUntroubled(visit);
  });

  it("runs nothing on the pages of its readme and its licence", async () => {
    for (const page of [...pagesIn(`${folder}readme/`), ...pagesIn(`${folder}license/`)]) {
      await visit.start(site.url + page);
      expect(await breakIns()).toEqual(none);
      assertUntroubled(visit);
    }
    expect(await visit.page.locator(".license-text").textContent()).toContain("<body onload=");
  });

  it("has its licence file shown as text", async () => {
    await visit.start(`${site.url}${pagesIn(`${folder}license/`)[0] ?? ""}`);
    await visit.page.getByRole("link", { name: "The file itself" }).click();
    await visit.page.waitForURL(/\.txt$/);
    expect(await visit.page.evaluate(() => document.contentType)).toBe("text/plain");
    expect(await visit.page.evaluate(() => "attacked" in window)).toBe(false);
  });

  it("asks for no picture from elsewhere", async () => {
    await visit.start(site.url + folder);
    expect(visit.foreignImages).toEqual([]);
  });

  it("does not hide the rest of its page", async () => {
    await visit.start(site.url + folder);
    await visit.page.getByRole("link", { name: /^Download/ }).waitFor();
    expect(await visit.page.getByRole("heading", { level: 1 }).textContent()).toBe(attackId);
    expect(await visit.page.evaluate(() => document.documentElement.outerHTML.length)).toBeLessThan(200_000);
  });
});
