/**
 * What a build tells at its end: as text for people, as JSON for programs.
 */
import type { BuildReport, PlannedChange } from "../../build/options.js";
import { clientLine, sourceUrl } from "../client-line.js";
import type { SettledOptions } from "../config/build-options.js";
import { countOf, formatBytes, formatCount, formatSeconds } from "../numbers.js";

export interface FinishedBuild {
  readonly report: BuildReport;
  readonly options: SettledOptions;
  readonly seconds: number;
}

/** Several lines without a line break at the end. */
export function reportText(finished: FinishedBuild): string {
  const { report, options } = finished;
  const summary = summaryLines(finished);
  if (report.changes !== undefined) return [...report.changes.map(planLine), ...summary].join("\n");
  return [...summary, "", "Add it to a client:", `  ${clientLine(options.settings.baseUrl)}`].join("\n");
}

export function reportJson({ report, options, seconds }: FinishedBuild): object {
  const { baseUrl, site } = options.settings;
  const { packages, versions, ids, undated, created, replaced, kept, deleted, bytes } = report;
  const { problems, changes } = report;
  return {
    output: options.output,
    source: sourceUrl(baseUrl),
    ...(site && { site: baseUrl }),
    addSource: clientLine(baseUrl),
    dryRun: changes !== undefined,
    packages,
    versions,
    ids,
    undated,
    created,
    replaced,
    kept,
    deleted,
    bytes,
    seconds: Math.round(seconds * 1000) / 1000,
    problems,
    ...(changes && { changes }),
  };
}

function planLine({ kind, path }: PlannedChange): string {
  return `${kind.padEnd("replace".length)}  ${path}`;
}

function summaryLines({ report, options, seconds }: FinishedBuild): string[] {
  const isDryRun = report.changes !== undefined;
  const { created, replaced, kept, deleted, undated } = report;
  const { baseUrl, site } = options.settings;
  const took = formatSeconds(seconds);
  const counts = [
    `${formatCount(created)} created`,
    `${formatCount(replaced)} replaced`,
    `${formatCount(kept)} kept`,
    `${formatCount(deleted)} deleted`,
  ].join(", ");
  return [
    isDryRun
      ? `Dry run, nothing was written: "${options.output}" would hold`
      : `The feed in "${options.output}" holds`,
    `  packages  ${contentText(report)}`,
    `  files     ${counts}`,
    isDryRun ? `  time      ${took}` : `  written   ${formatBytes(report.bytes)} in ${took}`,
    ...(undated > 0 ? [`  undated   ${undatedText(undated)}`] : []),
    ...(site === undefined ? [] : [`  site      ${baseUrl}`]),
  ];
}

function contentText({ packages, versions, ids }: BuildReport): string {
  return `${countOf(versions, "version")} of ${countOf(ids, "id")}, from ${countOf(packages, "package file")}`;
}

function undatedText(undated: number): string {
  const have = undated === 1 ? "has" : "have";
  return `${countOf(undated, "version")} ${have} no date of publication; packages.json can tell it`;
}
