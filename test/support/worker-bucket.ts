/**
 * An R2 bucket in workerd, the runtime of Workers, on loopback: with a worker that runs the store, and seen from Node.
 */
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import type { R2Bucket } from "../../src/store/r2/binding.js";
import type { Store } from "../../src/store/store.js";
import { remoteStore } from "./remote-store/client.js";

export interface WorkerBucket {
  /** A store below a prefix of the bucket, all of whose operations run in workerd. */
  readonly openStore: (prefix: string) => Store;
  /** The same bucket for code in Node. */
  readonly bucket: R2Bucket;
  readonly close: () => Promise<void>;
}

export async function startWorkerBucket(): Promise<WorkerBucket> {
  const bundle = await build({
    entryPoints: ["test/support/remote-store/worker.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
  });
  const miniflare = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    host: "127.0.0.1",
    r2Buckets: ["BUCKET"],
    compatibilityDate: "2025-06-01",
  });
  const worker = await miniflare.ready;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the proxy has the shape of the binding
  const bucket = (await miniflare.getR2Bucket("BUCKET")) as unknown as R2Bucket;
  return {
    openStore: (prefix) => remoteStore(worker, prefix),
    bucket,
    close: async () => await miniflare.dispose(),
  };
}
