/** The site of packages that others made and published: what they write is shown as it is meant. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { accessibilityFaults, overflowingElements } from "../support/browser-checks.js";
import { serveSite } from "../support/browser-site.js";
import { createClientOfMachine, describeWithDotnet } from "../support/dotnet.js";
import { validateHtml } from "../support/html-validator.js";
import { gatherPackages, restoreOrSkip } from "../support/real-packages.js";

/** Those whose readmes have a little of everything. */
const withReadmes = new Set(["newtonsoft.json", "polly", "serilog", "xunit"]);

const pictures = ".artifacts/site-real";

describeWithBrowser("in a browser", () => {
  describeWithDotnet("with the real client", () => {
    test("pages of real packages are whole", { timeout: 120_000 }, async (context) => {
      const origin = await createClientOfMachine();
      context.onTestFinished(() => origin.dispose());
      await restoreOrSkip(origin, context);
      await using site = await serveSite([await gatherPackages(origin)], { title: "Real packages" });
      const browser = await startBrowser();
      context.onTestFinished(() => browser.close());
      const visit = await openVisit(browser, { reducedMotion: "reduce" });
      await mkdir(pictures, { recursive: true });

      const ids = readdirSync(join(site.folder, "packages"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      expect(ids).toContain("newtonsoft.json");
      expect(await invalidPages(site.folder)).toEqual([]);
      for (const id of ids) expect(await faults(visit, site.url, id), id).toEqual([]);
    });
  });
});

async function invalidPages(folder: string): Promise<string[]> {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("index.html"),
  );
  const findings: string[] = [];
  for (const path of pages) {
    const found = await validateHtml(readFileSync(join(folder, path), "utf8"));
    findings.push(...found.map((finding) => `${path}: ${finding}`));
  }
  return findings;
}

/** Pictures in readmes lie on other hosts, and nothing answers here; the page must do without. */
async function faults(visit: Visit, root: string, id: string): Promise<string[]> {
  const { page } = visit;
  await page.setViewportSize({ width: 320, height: 900 });
  await visit.start(`${root}packages/${id}/`);
  const narrow = await overflowingElements(page);
  await page.setViewportSize({ width: 1024, height: 900 });
  await page.screenshot({ path: `${pictures}/${id}.png`, fullPage: true });
  assertUntroubled(visit);
  return [...narrow, ...(withReadmes.has(id) ? await accessibilityFaults(page) : [])];
}
