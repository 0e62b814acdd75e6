/**
 * The published worker in the real runtime, set up by the file that users copy.
 */
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { type ApiKey, hashKey } from "../../src/serve/auth/api-key.js";
import type { R2Bucket } from "../../src/store/r2/binding.js";
import { openBucket } from "../../src/store/r2.js";
import type { Store } from "../../src/store/store.js";

const config = readConfig("examples/cloudflare/wrangler.jsonc");

export interface WorkerFeed {
  /** Of the feed's root, ending in `/`. */
  readonly url: string;
  /** What the clock does. */
  readonly runScheduled: () => Promise<void>;
  /** What the worker printed so far. */
  readonly log: () => string;
  /** What lies in the bucket. */
  readonly openBucket: () => Promise<Store>;
  readonly close: () => Promise<void>;
}

/** A key of which the text is known. */
export interface WorkerKey extends Pick<ApiKey, "name" | "scopes" | "ids" | "expires"> {
  readonly text: string;
}

/**
 * @param vars in the place of those in the file
 * @param keys that the worker's secret holds
 */
export async function startWorkerFeed(
  vars: Readonly<Record<string, unknown>> = {},
  keys: readonly WorkerKey[] = [],
): Promise<WorkerFeed> {
  const created = "2026-01-01T00:00:00Z";
  const stored = keys.map(async ({ text, ...key }) => ({ ...key, created, hash: await hashKey(text) }));
  const secret = JSON.stringify({ keys: await Promise.all(stored) });
  let log = "";
  const miniflare = new Miniflare({
    modules: true,
    scriptPath: "dist/worker.js",
    compatibilityDate: config.compatibility_date,
    r2Buckets: Object.fromEntries(config.r2_buckets.map((bucket) => [bucket.binding, bucket.bucket_name])),
    // Variables as the file would give them, which may be any JSON.
    bindings: JSON.parse(JSON.stringify({ ...config.vars, ...vars, NUPRESS_KEYS: secret })),
    handleRuntimeStdio: (...streams: NodeJS.ReadableStream[]) => {
      for (const stream of streams) stream.on("data", (chunk) => (log += String(chunk)));
    },
  });
  const url = String(await miniflare.ready);
  return {
    url,
    log: () => log,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: its types are in a package that is not needed otherwise
    openBucket: async () => openBucket((await miniflare.getR2Bucket("BUCKET")) as unknown as R2Bucket),
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
