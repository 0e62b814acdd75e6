/**
 * A build into an empty folder.
 */
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { type Bench, compete } from "../bench.js";
import { packageName } from "../feed-files.js";
import { readTree } from "../feed-tree.js";
import { type LimitOperation, makeFeed } from "../limit-plan.js";
import type { Measured } from "../row.js";
import { buildArguments, settle } from "./feed.js";

export async function measureClean(bench: Bench): Promise<Measured> {
  await settle(bench);
  const target = path.join(bench.place.work, "limit");
  const measured = await compete(bench, {
    prepare: () => {
      for (const folder of [bench.output, target]) rmSync(folder, { recursive: true, force: true });
    },
    nupress: () => buildArguments(bench),
    limit: sameFeed(bench, target),
    output: bench.output,
  });
  rmSync(target, { recursive: true, force: true });
  return measured;
}

function sameFeed({ source, output }: Bench, target: string): LimitOperation[] {
  const sources = new Map(
    packageFiles(source).map((file) => [path.basename(file, ".nupkg").toLowerCase(), file]),
  );
  return makeFeed(readTree(output).files, target, (feedPath) => sources.get(packageName(feedPath) ?? ""));
}

/** Absolute paths of all packages of a corpus. */
export function packageFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".nupkg"))
    .map((file) => path.join(source, file));
}
