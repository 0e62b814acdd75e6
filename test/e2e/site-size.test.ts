/** How large the pages of a real build are: readers with slow connections should not notice that there is a site. */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { build } from "../../src/build/build.js";
import { buildPackage } from "../support/package-builder.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const kilobyte = 1000;
const readme = "Does one thing, and does it well.\n\n".repeat(200);
const description = "Parses, checks and writes what others only parse, on every framework there is. ".repeat(
  10,
);

let folder: TemporaryFolder;
const output = (): string => join(folder.path, "public");

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const packages = join(folder.path, "packages");
  await mkdir(packages);
  const dependencies = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`Contoso.Base${n}`, "1.2.3"]),
  );
  const files = Object.fromEntries(
    ["net8.0", "net10.0", "netstandard2.0"].flatMap((framework) =>
      Array.from({ length: 20 }, (_, n) => [`lib/${framework}/Contoso.Part${n}.dll`, "x"]),
    ),
  );
  const versions = Array.from({ length: 100 }, (_, n) => ({
    id: "Contoso.Core",
    version: `${Math.floor(n / 10)}.${n % 10}.0${n % 10 === 9 ? "-beta.1" : ""}`,
  }));
  const others = Array.from({ length: 40 }, (_, n) => ({
    id: `Contoso.Other.Package${n}`,
    version: "1.0.0",
  }));
  for (const { id, version } of [...versions, ...others]) {
    const options = { id, version, description, dependencies, files, tags: "parse check write all of it" };
    const bytes = buildPackage({ ...options, readme: { path: "README.md", content: readme } });
    await writeFile(join(packages, `${id}.${version}.nupkg`), bytes);
  }
  const settings = { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25, site: {} };
  await build({ sources: [packages], output: output(), settings, threads: 0 });
});

afterAll(async () => {
  await folder.remove();
});

const read = (path: string): Buffer => readFileSync(join(output(), path));

it("the home page takes less than 60 kB", () => {
  const page = read("index.html");
  expect(page.toString()).toContain("41 packages</a> in 140 versions");
  expect(page.length).toBeLessThan(60 * kilobyte);
});

it("the page of a package with 100 versions takes less than 100 kB and its readme, half of it compressed", () => {
  const page = read("packages/contoso.core/index.html");
  expect(page.toString().match(/<tr id="/g)).toHaveLength(100);
  const [rendered = ""] = /<article class="readme">.*<\/article>/s.exec(page.toString()) ?? [];
  expect(rendered.length).toBeGreaterThan(readme.length);
  const size = page.length - Buffer.byteLength(rendered);
  expect(size).toBeLessThan(100 * kilobyte);
  expect(gzipSync(page).length).toBeLessThan(50 * kilobyte);
});

it("the script and the styles of every page take less than 40 kB, compressed", () => {
  const page = read("packages/contoso.core/index.html").toString();
  const links = page.matchAll(/<(?:script src|link rel="stylesheet" href)="(?:\.\.\/)+([^"]+)"/g);
  const paths = [...links].map(([, path]) => path ?? "");
  expect(paths).toEqual(["site/theme.js", "site/site.css", "site/site.js"]);
  const bytes = paths.reduce((sum, path) => sum + gzipSync(read(path)).length, 0);
  expect(bytes).toBeLessThan(40 * kilobyte);
});
