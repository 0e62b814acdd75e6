/**
 * The feed moves to another address: documents with addresses are written again, packages are not.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { type Bench, compete } from "../bench.js";
import { readTree, writtenSince } from "../feed-tree.js";
import { makeFeed } from "../limit-plan.js";
import type { Measured } from "../row.js";
import { baseUrls, buildArguments, settle } from "./feed.js";

/** The limit program writes as many files of the same sizes. */
export async function measureBaseUrl(bench: Bench): Promise<Measured> {
  await settle(bench);
  const before = readTree(bench.output);
  await bench.nupress(...buildArguments(bench, baseUrls[1]));
  const documents = writtenSince(before, readTree(bench.output));
  const target = path.join(bench.place.work, "limit");
  const measured = await compete(bench, {
    prepare: () => rmSync(target, { recursive: true, force: true }),
    nupress: (run) => buildArguments(bench, baseUrls[run % 2 === 0 ? 0 : 1]),
    limit: makeFeed(documents, target, () => undefined),
    output: bench.output,
  });
  rmSync(target, { recursive: true, force: true });
  return measured;
}
