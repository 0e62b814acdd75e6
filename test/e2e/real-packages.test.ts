/**
 * Packages that others made and published: a feed built from them gives the real client the same again, and its site shows
 * what they wrote as they meant it.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { accessibilityFaults, overflowingElements } from "../support/browser-checks.js";
import { serveSite } from "../support/browser-site.js";
import {
  createClient,
  createClientOfMachine,
  type DotnetClient,
  describeWithDotnet,
} from "../support/dotnet.js";
import { serveFeed } from "../support/example-feed.js";
import { validateHtml } from "../support/html-validator.js";
import { gatherPackages, listPackageFiles, restoreWellKnown } from "../support/real-packages.js";

const pictures = ".artifacts/site-real";

/** Those whose readmes have a little of everything. */
const withReadmes = new Set(["newtonsoft.json", "polly", "serilog", "xunit"]);

describeWithDotnet("real packages", () => {
  let origin: DotnetClient;
  let gathered: string | undefined;

  beforeAll(async () => {
    origin = await createClientOfMachine();
    gathered = await gatherPackages(origin);
  }, 120_000);

  afterAll(async () => {
    await origin?.dispose();
  });

  const packagesFolder = (context: TestContext): string =>
    gathered ?? context.skip("this machine's configured sources do not give the packages");

  test("restore from a feed built of them as from where they came", { timeout: 120_000 }, async (context) => {
    const feed = await serveFeed({ packagesFolder: packagesFolder(context) });
    context.onTestFinished(() => feed.dispose());
    const client = await createClient({ source: feed.source });
    context.onTestFinished(() => client.dispose());

    await restoreWellKnown(client);

    const packages = await client.restoredPackages();
    expect(packages).toContainEqual(expect.stringMatching(/^newtonsoft\.json\/13\./));
    expect(packages).toEqual(await origin.restoredPackages());
    expect(await hashPackages(client)).toEqual(await hashPackages(origin));
    expect(feed.server.pathsServed().filter((path) => path.endsWith(".nupkg"))).toHaveLength(packages.length);
  });

  describeWithBrowser("in a browser", () => {
    test("have pages that are whole", { timeout: 120_000 }, async (context) => {
      await using site = await serveSite([packagesFolder(context)], { title: "Real packages" });
      const browser = await startBrowser();
      context.onTestFinished(() => browser.close());
      const visit = await openVisit(browser, { reducedMotion: "reduce" });
      await mkdir(pictures, { recursive: true });

      const folders = readdirSync(join(site.folder, "packages"), { withFileTypes: true });
      const ids = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      expect(ids).toContain("newtonsoft.json");
      // The parts of xunit have the readme of the whole.
      for (const id of ids.filter((id) => !id.startsWith("xunit."))) {
        const page = readFileSync(join(site.folder, "packages", id, "index.html"), "utf8");
        expect([...(await validateHtml(page)), ...(await faults(visit, site.url, id))], id).toEqual([]);
      }
    });
  });
});

/** Path below the packages folder → SHA-512 of the package there. */
async function hashPackages(client: DotnetClient): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of await listPackageFiles(client)) {
    const hash = createHash("sha512").update(await readFile(path));
    hashes[relative(client.packagesFolder, path)] = hash.digest("hex");
  }
  return hashes;
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
