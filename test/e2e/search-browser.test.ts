/** Search in a real browser: keyboard, what ARIA says, the address bar, and that nothing of a package runs. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { raw } from "hono/html";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderShard, renderShardIndex, shardLine } from "../../src/feed/search-shard.js";
import { HOME_PAGE } from "../../src/feed/site-urls.js";
import { frameOf, type SiteContext } from "../../src/site/frame.js";
import { searchPage } from "../../src/site/search-page.js";
import { siteAssets } from "../../templates/assets.generated.js";
import { Layout } from "../../templates/layout.js";
import { renderDocument } from "../../templates/render.js";
import { renderSearchPage } from "../../templates/search-page.js";
import { corpus, testEntry } from "../search/corpus.js";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { accessibilityFaults } from "../support/browser-checks.js";

const attack = testEntry(["1.0.0"], {
  id: "Attack",
  title: "<img src=x onerror=window.attacked=1>",
  description: "<script>window.attacked=1</script><img src=x onerror=window.attacked=1> \u202e",
  authors: '"><svg onload=window.attacked=1>',
  iconUrl: "javascript:window.attacked=1",
  packageTypes: ["<b>"],
});

function documents(): Map<string, string | Uint8Array> {
  const context: SiteContext = { baseUrl: "https://feed.example.com/nuget/", site: { title: "Feed" } };
  const frame = frameOf(context, HOME_PAGE);
  const entries = [...corpus, attack];
  const shard = renderShard(0, 0, new Map(entries.map((entry) => [entry.key, shardLine(entry)])));
  return new Map<string, string | Uint8Array>([
    [
      "/feed/",
      renderDocument(Layout({ frame, title: "Page", page: "test", children: raw("<h1>Page</h1>") })),
    ],
    ["/feed/search/", renderSearchPage(searchPage(context))],
    ["/feed/packages/serilog.sinks.file/", "the package"],
    ...siteAssets.map(([name, text]): [string, string] => [`/feed/site/${name}`, text]),
    ...[shard, renderShardIndex(0)].map(({ path, body }): [string, Uint8Array] => [`/feed/${path}`, body]),
  ]);
}

const types: Readonly<Record<string, string>> = {
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
};

describeWithBrowser("search in a browser", () => {
  let server: Server;
  let browser: Browser;
  let visit: Visit;
  let page: Page;
  let root: string;
  let asked: string[] = [];

  beforeAll(async () => {
    const files = documents();
    server = createServer(({ url = "" }, response) => {
      const { pathname } = new URL(url, "http://localhost");
      asked.push(pathname);
      const body = files.get(pathname);
      const type = types[/\.(\w+)$/.exec(pathname)?.[1] ?? ""] ?? "text/html; charset=utf-8";
      response.writeHead(body === undefined ? 404 : 200, { "content-type": type }).end(body ?? "");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: it listens on a port
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/`;
    browser = await startBrowser();
    visit = await openVisit(browser);
    page = visit.page;
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
  });

  afterEach(() => assertUntroubled(visit));

  const open = async (url: string): Promise<void> => {
    asked = [];
    await visit.start(url);
  };
  const box = () => page.getByRole("combobox", { name: "Search packages" });
  const options = () => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");

  describe("on any page", () => {
    it("loads nothing before the box is used", async () => {
      await open(root);
      expect(asked.filter((path) => /worker|shards/.test(path))).toEqual([]);
      await box().focus();
      await box().pressSequentially("ser");
      await options().first().waitFor();
      expect(asked.filter((path) => /worker|shards/.test(path))).toEqual([
        "/feed/site/search-worker.js",
        "/feed/v3/search/shards/index.json",
        "/feed/v3/search/shards/0/0.json",
      ]);
    });

    it("opens a package by slash, letters, arrow and Enter", async () => {
      await open(root);
      await page.keyboard.press("/");
      await page.keyboard.type("sinks.file");
      await options().filter({ hasText: "Serilog.Sinks.File" }).waitFor();
      expect(await box().getAttribute("aria-expanded")).toBe("true");
      await page.keyboard.press("ArrowDown");
      const chosen = await box().getAttribute("aria-activedescendant");
      expect(await page.locator(`#${chosen}`).getAttribute("aria-selected")).toBe("true");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${root}packages/serilog.sinks.file/`);
    });

    it("goes round the list by arrows, and closes it by Escape without losing the text", async () => {
      await open(root);
      await box().fill("polly");
      await options().first().waitFor();
      const count = await options().count();
      await page.keyboard.press("ArrowUp");
      expect(
        await options()
          .nth(count - 1)
          .getAttribute("aria-selected"),
      ).toBe("true");
      await page.keyboard.press("ArrowDown");
      expect(await box().getAttribute("aria-activedescendant")).toBeNull();
      await page.keyboard.press("Escape");
      expect(await box().getAttribute("aria-expanded")).toBe("false");
      expect(await box().inputValue()).toBe("polly");
    });

    it("goes to the search page by Enter, and by the last suggestion", async () => {
      await open(root);
      await box().fill("json schema");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${root}search/?q=json+schema`);
      await open(root);
      await box().fill("polly");
      await options().last().click();
      await page.waitForURL(`${root}search/?q=polly`);
      expect(await page.getByRole("searchbox").inputValue()).toBe("polly");
    });

    it("tells screen readers how many there are", async () => {
      await open(root);
      await box().fill("polly");
      const status = page.getByRole("search").getByRole("status");
      await status.filter({ hasText: "found" }).waitFor();
      expect(await status.textContent()).toBe("3 packages found");
    });

    it("runs nothing of what packages say", async () => {
      await open(root);
      await box().fill("attack");
      await options().filter({ hasText: "onerror" }).waitFor();
      expect(await page.evaluate(() => "attacked" in window)).toBe(false);
      expect(await page.locator(".suggestions img, .suggestions script, .suggestions svg").count()).toBe(0);
    });

    it("has no fault that axe knows while the list is open", async () => {
      await open(root);
      await box().fill("serilog");
      await options().first().waitFor();
      await page.keyboard.press("ArrowDown");
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });

  describe("on the search page", () => {
    const titles = () => page.locator("#search-results h3 a");
    const status = () => page.locator("#search-status");

    it("answers the question in the address, filters too", async () => {
      await open(`${root}search/?q=mapster&packageType=dotnettool&framework=net8.0&prerelease=true`);
      await titles().first().waitFor();
      expect(await titles().allTextContents()).toEqual(["Mapster.Tool"]);
      expect(await page.getByLabel("Type").inputValue()).toBe("DotnetTool");
      expect(await page.getByLabel("Prereleases").isChecked()).toBe(true);
      await status().filter({ hasText: "1 package for “mapster”" }).waitFor();
    });

    it("follows what is typed and chosen, and the address with it", async () => {
      await open(`${root}search/`);
      await page.getByRole("searchbox").fill("newtonsoft.json");
      await titles().filter({ hasText: "Newtonsoft.Json.Bson" }).waitFor();
      await page.waitForURL(`${root}search/?q=newtonsoft.json`);
      await page.getByLabel("Prereleases").check();
      await page.waitForURL(`${root}search/?q=newtonsoft.json&prerelease=true`);
      expect(await page.locator("#search-results .version").first().textContent()).toBe("13.0.4-beta1");
      await page.reload();
      await titles().first().waitFor();
      expect(await page.getByRole("searchbox").inputValue()).toBe("newtonsoft.json");
    });

    it("leads by arrows through the results and back", async () => {
      await open(`${root}search/?q=polly`);
      await titles().nth(2).waitFor();
      await page.getByRole("searchbox").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Polly.Core");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
    });

    it("shows more when asked, without a gap or one twice", async () => {
      await open(`${root}search/?q=microsoft`);
      await titles().nth(19).waitFor();
      await page.getByRole("button", { name: "Show more" }).click();
      await titles().nth(20).waitFor();
      const shown = await titles().allTextContents();
      expect(new Set(shown).size).toBe(shown.length);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(shown[20]);
    });

    it("says when there is nothing", async () => {
      await open(`${root}search/?q=qqqqqqqq`);
      await status().filter({ hasText: "for" }).waitFor();
      expect(await status().textContent()).toBe("No packages for “qqqqqqqq”");
      expect(await titles().count()).toBe(0);
    });

    it("runs nothing of what packages say", async () => {
      await open(`${root}search/?q=attack`);
      await titles().first().waitFor();
      expect(await page.evaluate(() => "attacked" in window)).toBe(false);
      expect(await page.locator("#search-results").locator("img, script, svg, b").count()).toBe(0);
    });

    it("says so when search cannot be loaded, and tries again", async () => {
      await page.route("**/shards/index.json", (route) => route.abort());
      await open(`${root}search/?q=polly`);
      await status().filter({ hasText: "Search could not be loaded" }).waitFor();
      await page.unroute("**/shards/index.json");
      await page.getByRole("searchbox").press("Enter");
      await titles().first().waitFor();
      expect(await titles().allTextContents()).toContain("Polly");
    });

    it("has no fault that axe knows", async () => {
      await open(`${root}search/?q=serilog`);
      await status().filter({ hasText: "packages for" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });
});
