/**
 * Bundles what browsers load with the pages (`templates/client`, `templates/css`) into one module of texts, so that whoever
 * writes a site, a worker without a file system too, has them. Runs by itself before the types are checked.
 */
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const target = "templates/assets.generated.ts";

/** What the site has below `site/` (`out`, with the ending of its kind), and what it is made of. */
const entryPoints = [
  { out: "site", in: "templates/css/site.css" },
  { out: "site", in: "templates/client/site.ts" },
  { out: "theme", in: "templates/client/theme.ts" },
  { out: "search-worker", in: "templates/client/search/worker.ts" },
];

export async function writeSiteAssets() {
  const { outputFiles } = await build({
    entryPoints,
    outdir: "site",
    bundle: true,
    minify: true,
    format: "iife",
    // The components that make pages make elements in the browser.
    alias: { "hono/jsx/jsx-runtime": "./templates/client/package/jsx-dom.ts" },
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  const rows = outputFiles.map(({ path, text }) => {
    const name = path.replace(/^.*[\\/]/, "");
    return `  [${JSON.stringify(name)}, ${JSON.stringify(text.trim())}],\n`;
  });
  const type = "readonly (readonly [name: string, text: string])[]";
  writeFileSync(
    target,
    `/** Made by scripts/site-assets.js. */\nexport const siteAssets: ${type} = [\n${rows.join("")}];\n`,
  );
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeSiteAssets();
