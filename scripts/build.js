/**
 * Makes `dist` out of `src` and `templates`: the programs, each bundled with what it uses so that it starts fast, the types
 * of the public API, and the licences of the packages that are bundled.
 *
 *     node scripts/build.js            all of it
 *     node scripts/build.js --programs without types; the tests do this
 */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { writeLicenses } from "./licenses.js";
import { bundlePrograms } from "./programs.js";
import { writeSiteAssets } from "./site-assets.js";

const assetInputs = await writeSiteAssets();
const { inputs, outputs } = await bundlePrograms("dist");
removeOldChunks(outputs);
writeLicenses([...assetInputs, ...inputs], "dist/THIRD-PARTY-LICENSES.txt");
if (!process.argv.includes("--programs")) writeTypes();

/** Shared code is named after its content, so what was made earlier stays beside it. @param {readonly string[]} made */
function removeOldChunks(made) {
  const names = readdirSync("dist").filter((name) => /^chunk-.*\.js$/.test(name));
  for (const name of names) if (!made.includes(`dist/${name}`)) rmSync(`dist/${name}`);
}

function writeTypes() {
  rmSync("dist/types", { recursive: true, force: true });
  const compiler = "node_modules/typescript/bin/tsc";
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "inherit" });
}
