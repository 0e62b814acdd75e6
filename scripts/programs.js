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

/** One file, because whoever deploys a worker hands over one. */
const workerEntryPoints = { worker: "src/serve/worker.ts" };

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

/** @satisfies {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
  legalComments: "none",
  plugins: [withoutAsyncContext],
  logLevel: "warning",
};

/**
 * @param {string} folder
 * @returns the source files that went into the bundles and the files that were made, relative to the working folder
 */
export async function bundlePrograms(folder) {
  const programs = await build({
    ...shared,
    metafile: true,
    entryPoints,
    outdir: folder,
    chunkNames: "chunk-[hash]",
    splitting: true,
    platform: "node",
    target: "node20",
    banner: { js: banner },
  });
  const worker = await build({
    ...shared,
    metafile: true,
    entryPoints: workerEntryPoints,
    outdir: folder,
    platform: "neutral",
    conditions: ["workerd", "worker"],
    mainFields: ["module", "main"],
    target: "es2022",
    minify: true,
  });
  const files = [programs, worker].map(({ metafile }) => metafile);
  return {
    inputs: [...new Set(files.flatMap(({ inputs }) => Object.keys(inputs)))],
    outputs: files.flatMap(({ outputs }) => Object.keys(outputs)),
  };
}
