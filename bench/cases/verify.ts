/**
 * Checking a feed, with and without the hashes of its packages.
 */
import path from "node:path";
import { type Bench, compete } from "../bench.js";
import { kindOf } from "../feed-files.js";
import { readTree } from "../feed-tree.js";
import { readAll } from "../limit-plan.js";
import type { Measured } from "../row.js";
import { settle } from "./feed.js";

/** The limit is reading and hashing the packages. */
export async function measureVerify(bench: Bench): Promise<Measured> {
  return await verify(bench, [], (feedPath) => kindOf(feedPath) === "package");
}

/** The limit is reading everything but the packages. */
export async function measureVerifyQuick(bench: Bench): Promise<Measured> {
  return await verify(bench, ["--quick"], (feedPath) => kindOf(feedPath) !== "package");
}

async function verify(
  bench: Bench,
  flags: readonly string[],
  isRead: (feedPath: string) => boolean,
): Promise<Measured> {
  await settle(bench);
  const read = readTree(bench.output).files.filter((file) => isRead(file.path));
  return await compete(bench, {
    nupress: () => ["verify", bench.output, ...flags, "--json", "--quiet"],
    limit: readAll(read.map((file) => path.join(bench.output, file.path))),
    output: bench.output,
  });
}
