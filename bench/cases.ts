/**
 * The list of cases, in the order in which they are measured.
 */
import type { Bench } from "./bench.js";
import { measureBaseUrl } from "./cases/base-url.js";
import { measureClean } from "./cases/clean.js";
import { BIG_ID_VERSIONS, measureAddOne, measureBigId, measureBuildOne } from "./cases/one-added.js";
import { measureSite, measureSiteOne } from "./cases/site.js";
import { measureTouched, measureUnchanged } from "./cases/unchanged.js";
import { measureVerify, measureVerifyQuick } from "./cases/verify.js";
import type { CaseName, Measured } from "./row.js";

export interface BenchCase {
  readonly name: CaseName;
  readonly title: string;
  /** The command that it measures, which this nupress may not have. */
  readonly command: "build" | "add" | "verify";
  /** Brings a corpus of its own, whatever sizes were asked for. Only the last place is measured: its goal is no time. */
  readonly hasOwnCorpus?: true;
  readonly measure: (bench: Bench) => Promise<Measured>;
}

export const cases: readonly BenchCase[] = [
  { name: "clean", title: "clean build", command: "build", measure: measureClean },
  { name: "unchanged", title: "nothing changed", command: "build", measure: measureUnchanged },
  { name: "touched", title: "only new file times", command: "build", measure: measureTouched },
  { name: "build-one", title: "one added, by build", command: "build", measure: measureBuildOne },
  { name: "add-one", title: "one added, by add", command: "add", measure: measureAddOne },
  { name: "base-url", title: "other base URL", command: "build", measure: measureBaseUrl },
  { name: "verify", title: "verify", command: "verify", measure: measureVerify },
  { name: "verify-quick", title: "verify --quick", command: "verify", measure: measureVerifyQuick },
  { name: "site", title: "clean, with site", command: "build", measure: measureSite },
  { name: "site-one", title: "one added, with site", command: "build", measure: measureSiteOne },
  {
    name: "big-id",
    title: `one added to ${BIG_ID_VERSIONS} of an id`,
    command: "build",
    hasOwnCorpus: true,
    measure: measureBigId,
  },
];
