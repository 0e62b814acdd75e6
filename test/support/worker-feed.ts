/**
 * The published worker in the real runtime, set up by the file that users copy.
 */
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { createKeyText, hashKey, type Scope } from "../../src/serve/auth/api-key.js";
import type { R2Bucket } from "../../src/store/r2/binding.js";
import { openBucket } from "../../src/store/r2.js";
import type { Store } from "../../src/store/store.js";

const config = readConfig("examples/cloudflare/wrangler.jsonc");

export interface WorkerFeed {
  /** Of the feed's root, ending in `/`. */
  readonly url: string;
  /** Makes a key; the worker starts again with it. */
  readonly key: (options?: KeyOptions) => Promise<string>;
  /** What the clock does. */
  readonly runScheduled: () => Promise<void>;
  /** What the worker printed so far. */
  readonly log: () => string;
  /** What lies in the bucket. */
  readonly openBucket: () => Promise<Store>;
  readonly close: () => Promise<void>;
}

export interface KeyOptions {
  readonly scopes?: readonly Scope[];
  readonly ids?: readonly string[];
  readonly expires?: string;
}

/** @param vars in the place of those in the file */
export async function startWorkerFeed(vars: Readonly<Record<string, unknown>> = {}): Promise<WorkerFeed> {
  const keys: object[] = [];
  let log = "";
  const options = () => ({
    modules: true,
    scriptPath: "dist/worker.js",
    compatibilityDate: config.compatibility_date,
    r2Buckets: Object.fromEntries(config.r2_buckets.map((bucket) => [bucket.binding, bucket.bucket_name])),
    // Variables as the file would give them, which may be any JSON.
    bindings: JSON.parse(JSON.stringify({ ...config.vars, ...vars, NUPRESS_KEYS: JSON.stringify({ keys }) })),
    handleRuntimeStdio: (...streams: NodeJS.ReadableStream[]) => {
      for (const stream of streams) stream.on("data", (chunk) => (log += String(chunk)));
    },
  });
  const miniflare = new Miniflare(options());
  const url = String(await miniflare.ready);
  return {
    url,
    log: () => log,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: its types are in a package that is not needed otherwise
    openBucket: async () => openBucket((await miniflare.getR2Bucket("BUCKET")) as unknown as R2Bucket),
    key: async ({ scopes = ["push", "unlist"], ids, expires } = {}) => {
      const text = createKeyText();
      const name = `key-${keys.length + 1}`;
      const created = "2026-01-01T00:00:00Z";
      keys.push({
        name,
        hash: await hashKey(text),
        scopes,
        ...(ids && { ids }),
        created,
        ...(expires && { expires }),
      });
      await miniflare.setOptions({ ...options(), port: Number(new URL(url).port) });
      return text;
    },
    runScheduled: async () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the same
      const worker = (await miniflare.getWorker()) as unknown as ScheduledWorker;
      await worker.scheduled({ cron: config.triggers.crons[0] ?? "" });
    },
    close: async () => await miniflare.dispose(),
  };
}

interface ScheduledWorker {
  scheduled(event: { readonly cron: string }): Promise<unknown>;
}

interface WranglerConfig {
  readonly compatibility_date: string;
  readonly r2_buckets: readonly { readonly binding: string; readonly bucket_name: string }[];
  readonly vars: Readonly<Record<string, unknown>>;
  readonly triggers: { readonly crons: readonly string[] };
}

/** Its comments stand on lines of their own. */
function readConfig(file: string): WranglerConfig {
  return JSON.parse(readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, ""));
}
