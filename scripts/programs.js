/**
 * Bundles the programs. All files lie side by side, because code that several programs share goes to files of its own and
 * finds the thread programs by `./{name}.js` beside itself.
 */
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

const entryPoints = {
  main: "src/cli/main.ts",
  index: "src/index.ts",
  "build-worker": "src/build/worker.ts",
  "verify-worker": "src/verify/node/worker.ts",
};

/** Some packages are CommonJS and call `require` for what Node brings. */
const banner = `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`;

/**
 * hono/jsx keeps what components share in an `AsyncLocalStorage` where there is one, which slows every promise of the
 * process from then on. Ours share nothing, and none of them waits for anything.
 *
 * @type {import("esbuild").Plugin}
 */
const withoutAsyncContext = {
  name: "without-async-context",
  setup(bundle) {
    bundle.onLoad({ filter: /hono[\\/]dist[\\/]jsx[\\/]context\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll("global.process", "undefined"),
    }));
  },
};

/**
 * @param {string} folder
 * @returns the source files that went into the bundles and the files that were made, relative to the working folder
 */
export async function bundlePrograms(folder) {
  const { metafile } = await build({
    entryPoints,
    outdir: folder,
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    legalComments: "none",
    plugins: [withoutAsyncContext],
    banner: { js: banner },
    metafile: true,
    logLevel: "warning",
  });
  return { inputs: Object.keys(metafile.inputs), outputs: Object.keys(metafile.outputs) };
}
