import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { moveSiteFiles, readSiteFiles } from "../../../src/cli/config/site-files.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
});
afterEach(() => folder.remove());

test.each([
  { css: "a{color:red}" },
  { css: '@import "a.css";' },
  { css: "a{}\n/* see b.css" },
  { footerHtml: "<p>Made in a.html" },
  { footerHtml: "Ask us" },
  { footerHtml: "a.css", css: "a.html", title: "a.css", logo: "a.css" },
])("%j names no file", async (site) => {
  expect(await readSiteFiles(site, folder.path)).toEqual(site);
  expect(moveSiteFiles(site, () => "moved")).toEqual(site);
});

test("files are read as text, without byte order mark", async () => {
  await writeFile(join(folder.path, "my brand.CSS"), "\uFEFFa{}\n");
  await writeFile(join(folder.path, "footer.html"), "<p>Größe</p>");
  const site = { title: "Contoso", css: "my brand.CSS", footerHtml: "./footer.html" };
  expect(await readSiteFiles(site, folder.path)).toEqual({
    title: "Contoso",
    css: "a{}\n",
    footerHtml: "<p>Größe</p>",
  });
});

test("paths move with the settings file", () => {
  const site = { title: "Contoso", css: "a.css", footerHtml: "<p>a</p>" };
  expect(moveSiteFiles(site, (file) => `config/${file}`)).toEqual({ ...site, css: "config/a.css" });
});

test.each([
  ["none.css", "settings-missing", 'Cannot read "none.css" for "site.css": there is no such file'],
  ["blank.css", "settings-invalid", 'Cannot use "blank.css" as "site.css": it is empty'],
])("%s is an error that names the setting", async (css, code, message) => {
  await writeFile(join(folder.path, "blank.css"), " \n");
  await expect(readSiteFiles({ css }, folder.path)).rejects.toMatchObject({ code, message });
});
