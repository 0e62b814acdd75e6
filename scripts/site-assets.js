/**
 * Bundles what browsers load with the pages (`templates/client`, `templates/css`) into one module of texts, so that whoever
 * writes a site, a worker without a file system too, has them. Runs by itself before the types are checked.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { copyright } from "./licenses.js";

const target = "templates/assets.generated.ts";
/** For those who only need to know whether the assets are others than before. */
const digestTarget = "src/feed/site-assets.generated.ts";

/** What the site has below `site/` (`out`, with the ending of its kind), and what it is made of. */
const entryPoints = [
  { out: "site", in: "templates/css/site.css" },
  { out: "site", in: "templates/client/site.ts" },
  { out: "theme", in: "templates/client/theme.ts" },
  { out: "search-worker", in: "templates/client/search/worker.ts" },
];

/** @returns the source files that went into the assets, relative to the working folder */
export async function writeSiteAssets() {
  const { outputFiles, metafile } = await build({
    entryPoints,
    outdir: "site",
    bundle: true,
    minify: true,
    format: "iife",
    // The components that make pages make elements in the browser.
    alias: { "hono/jsx/jsx-runtime": "./templates/client/package/jsx-dom.ts" },
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const rows = outputFiles.map(({ path, text }) => {
    const name = path.replace(/^.*[\\/]/, "");
    const notices = copyright(Object.keys(metafile.outputs[`site/${name}`]?.inputs ?? {}));
    return `  [${JSON.stringify(name)}, ${JSON.stringify(text.trim() + notices)}],\n`;
  });
  const type = "readonly (readonly [name: string, text: string])[]";
  writeFileSync(
    target,
    `/** Made by scripts/site-assets.js. */\nexport const siteAssets: ${type} = [\n${rows.join("")}];\n`,
  );
  const digest = createHash("sha256").update(rows.join("")).digest("hex").slice(0, 32);
  writeFileSync(
    digestTarget,
    `/** Made by scripts/site-assets.js. */\nexport const SITE_ASSETS_DIGEST = "${digest}";\n`,
  );
  return Object.keys(metafile.inputs);
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeSiteAssets();
