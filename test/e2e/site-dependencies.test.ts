/** What a package's page says of its dependencies, in a real browser. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assertUntroubled, describeWithBrowser, openVisit, startBrowser } from "../support/browser.js";
import { type ServedSite, serveSite } from "../support/browser-site.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

describeWithBrowser("the dependencies of a package", () => {
  let packages: PackagesFixture;
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    const dependencies = { "Contoso.Text": "1.0.0", "Contoso.Old": "1.0.0", "Other.Feed": "1.0.0" };
    packages = await makePackages(
      { id: "Contoso.Core", version: "1.0.0", dependencies },
      { id: "Contoso.Text", version: "1.0.0" },
      { id: "Contoso.Old", version: "1.0.0" },
    );
    await packages.facts({ "Contoso.Old": { "*": { listed: false } } });
    site = await serveSite([packages.folder], {});
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    await packages?.[Symbol.asyncDispose]();
  });

  const marked = (page: Page) => page.locator("#dependencies li", { hasText: "not in this feed" });
  const looked = (page: Page) => page.locator("[data-dependency][data-looked-for]");

  it("are marked where the feed does not have them; an unlisted one it has", async () => {
    await using visit = await openVisit(browser);
    await visit.start(`${site.url}packages/contoso.core/#dependencies`);
    await marked(visit.page).first().waitFor();
    expect(await marked(visit.page).allTextContents()).toEqual([expect.stringContaining("Other.Feed")]);
    assertUntroubled(visit);
  });

  it("are not said to be missing when what is known of them does not load", async () => {
    await using visit = await openVisit(browser);
    let refused = 0;
    await visit.page.route(/used-by\/\d+\/\d+\.json$/, async (route) => {
      refused += 1;
      await route.abort();
    });
    await visit.start(`${site.url}packages/contoso.core/#dependencies`);
    await looked(visit.page).nth(2).waitFor();
    await expect.poll(() => refused).toBeGreaterThanOrEqual(2);
    await visit.page.waitForLoadState("networkidle");
    expect(await marked(visit.page).count()).toBe(0);
    assertUntroubled(visit);
  });
});
