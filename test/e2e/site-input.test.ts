/** Packages with odd contents, and what the site's pages make of them: something sensible, each of them. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packagePage } from "../../src/site/package/package-page.js";
import { versionsDocument } from "../../src/site/package/versions-document.js";
import { renderPackagePage } from "../../templates/package/package-page.js";
import {
  assertUntroubled,
  describeWithBrowser,
  openVisit,
  startBrowser,
  type Visit,
} from "../support/browser.js";
import { overflowingElements } from "../support/browser-checks.js";
import { type ServedSite, serveSite } from "../support/browser-site.js";
import { validateHtml } from "../support/html-validator.js";
import { buildPackage, type PackageOptions } from "../support/package-builder.js";
import { testPackage } from "../support/records.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";
import { chineseId, longId, worldPackages } from "../support/world-packages.js";

const licenceText = "All rights of this long licence are yours. ";

const packages: readonly PackageOptions[] = [
  {
    id: "Old.Latin",
    version: "1.0.0",
    readme: { path: "README.md", content: Buffer.from("# Größe\n\nFür Straßen, «café».\n", "latin1") },
  },
  {
    id: "Old.Wide",
    version: "1.0.0",
    readme: { path: "README.md", content: Buffer.from("\ufeff# Größe 数据\n", "utf16le") },
  },
  {
    id: "Broken.Bytes",
    version: "1.0.0",
    readme: { path: "README.md", content: new Uint8Array([35, 32, 65, 0, 1, 0xff, 0xc0, 66, 10]) },
  },
  { id: "No.Image", version: "1.0.0", icon: { path: "icon.png", content: "This is no image." } },
  {
    id: "Long.License",
    version: "1.0.0",
    license: { path: "LICENSE", content: licenceText.repeat(23_000) },
  },
  {
    id: "Vast.License",
    version: "1.0.0",
    license: { path: "LICENSE", content: licenceText.repeat(120_000) },
  },
  { id: "Empty.Readme", version: "1.0.0", readme: { path: "README.md", content: "" } },
];

let input: TemporaryFolder;
let site: ServedSite;

beforeAll(async () => {
  input = await makeTemporaryFolder();
  for (const options of packages)
    await writeFile(join(input.path, `${options.id}.nupkg`), buildPackage(options));
  for (const [name, bytes] of worldPackages()) await writeFile(join(input.path, name), bytes);
  site = await serveSite([input.path], { title: "متجر الحزم", language: "ar" });
});

afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await input.remove();
});

const fileText = (path: string): string => readFileSync(join(site.folder, path), "utf8");
const pageOf = (id: string): string => fileText(`packages/${id.toLowerCase()}/index.html`);

describe("the page of a package", () => {
  it.each([
    ["a readme in the letters of Western Windows", "Old.Latin", "Für Straßen, «café»."],
    ["a readme in UTF-16", "Old.Wide", "Größe 数据"],
    ["a readme with bytes that mean nothing", "Broken.Bytes", "A\ufffd\ufffdÿÀB"],
    ["an id, a description and a readme in Chinese", chineseId, "用于解析、清理和格式化文本的库"],
    ["texts in Arabic", "Contoso.Arabic", "مكتبة لقراءة النصوص العربية"],
    ["emoji", chineseId, "🎉"],
    ["an id of a hundred characters", longId, `data-package="${longId.toLowerCase()}"`],
    ["an empty readme", "Empty.Readme", "<h1>"],
  ])("shows %s", async (_, id, text) => {
    const page = pageOf(id);
    expect(page).toContain(text);
    expect(await validateHtml(page)).toEqual([]);
  });

  it("shows a letter in the place of an icon that is no image", () => {
    expect(pageOf("No.Image")).toContain(
      '<span class="icon icon--64 icon--initial" aria-hidden="true">I</span>',
    );
  });

  it("links to a long licence, which is cut there but for its file", () => {
    const folder = "packages/long.license/license";
    const [name = ""] = readdirSync(join(site.folder, folder));
    const page = fileText(`${folder}/${name}`);
    expect(page.length).toBeLessThan(320_000);
    expect(page).toContain("The file is longer than this page shows.");
    const file = /href="(?:\.\.\/)+(v3\/[^"]+\.txt)"/.exec(page)?.[1] ?? "";
    expect(fileText(file)).toBe(licenceText.repeat(23_000));
  });

  it("goes without a licence that is beyond all measure, and the build says so", () => {
    expect(pageOf("Vast.License")).not.toContain("/license/");
    expect(site.report.problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/Vast\.License.*a licence file may have 1048576: it is left out/),
    );
  });
});

describeWithBrowser("in a browser", () => {
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    await addManyVersions(site.folder);
    browser = await startBrowser();
    visit = await openVisit(browser, { reducedMotion: "reduce" });
  });

  afterAll(async () => {
    await browser?.close();
  });

  it("a package of 5,000 versions shows the newest, and any other that is asked for", async () => {
    const rows = visit.page.locator("#versions-table tr[id]");
    await visit.start(`${site.url}packages/many.versions/#versions`);
    expect(await rows.count()).toBe(100);
    await visit.page.getByLabel("Filter versions").fill("17.3.");
    await expect.poll(() => rows.filter({ visible: true }).count()).toBe(5);
    expect(await rows.count()).toBe(5000);
    await visit.start(`${site.url}packages/many.versions/#17.03`);
    await expect.poll(() => visit.page.locator(".package-heading .version").textContent()).toBe("17.3.0");
    assertUntroubled(visit);
  });

  it.each([
    ["home", ""],
    ["package", `packages/contoso.arabic/`],
    ["package-long", `packages/${longId.toLowerCase()}/`],
  ])("the site of an Arabic owner runs from right to left and fits: %s", async (kind, address) => {
    await mkdir(".artifacts/site", { recursive: true });
    for (const width of [320, 1024]) {
      await visit.page.setViewportSize({ width, height: 900 });
      await visit.start(site.url + address);
      expect(await visit.page.evaluate(() => getComputedStyle(document.body).direction)).toBe("rtl");
      expect(await overflowingElements(visit.page)).toEqual([]);
      await visit.page.screenshot({ path: `.artifacts/site/rtl-${kind}-${width}.png`, fullPage: true });
    }
    assertUntroubled(visit);
  });

  it("arrows go the way that tabs run", async () => {
    await visit.start(`${site.url}packages/contoso.arabic/`);
    await visit.page.getByRole("tab", { name: ".NET CLI" }).focus();
    await visit.page.keyboard.press("ArrowLeft");
    expect(await visit.page.getByRole("tab", { selected: true }).textContent()).toBe("PackageReference");
  });
});

/** Pages of records: five thousand packages would take longer to build than everything else here. */
async function addManyVersions(folder: string): Promise<void> {
  const pack = testPackage(
    Array.from({ length: 5000 }, (_, n) => ({
      id: "Many.Versions",
      version: `${Math.floor(n / 10)}.${n % 10}.0`,
      facts: { input: { published: "2024-05-01T10:00:00+00:00" } },
    })),
  );
  const page = packagePage({ baseUrl: site.url, site: {} }, pack, { files: [] });
  if (page === undefined) throw new Error("no page");
  const { path, body } = versionsDocument(pack);
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), body);
  await writeFile(join(folder, path, "../index.html"), renderPackagePage(page));
}
