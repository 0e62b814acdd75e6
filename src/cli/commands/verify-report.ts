/**
 * What a verification tells at its end: findings as a table for people, as JSON for programs.
 */
import { type Finding, type FindingKind, findingReason } from "../../verify/finding.js";
import { findingHelp } from "../../verify/finding-help.js";
import type { VerifyOptions } from "../../verify/node/options.js";
import type { VerifyReport } from "../../verify/report.js";
import type { Verbosity } from "../command.js";
import { countOf, formatBytes, formatCount, formatSeconds } from "../numbers.js";

export interface FinishedVerification extends Pick<VerifyOptions, "folder" | "quick" | "repair"> {
  readonly report: VerifyReport;
  readonly seconds: number;
}

/** More rows than this help nobody who reads them; `--verbose` and `--json` have all. */
const MOST_ROWS = 100;
/** Longer paths push the reasons of their own rows only. */
const WIDEST_PATH = 70;

/** Several lines without a line break at the end. */
export function verifyText(
  finished: FinishedVerification,
  { verbose, quiet }: Pick<Verbosity, "verbose" | "quiet">,
): string {
  const { findings } = finished.report;
  const shown = verbose ? findings : findings.slice(0, MOST_ROWS);
  const more = findings.length - shown.length;
  const table = [
    ...tableLines(shown),
    ...(more > 0 ? [`… and ${formatCount(more)} more; --verbose prints all`] : []),
  ];
  if (quiet) return table.join("\n");
  const help = findings.length > 0 ? ["", ...helpLines(finished), ""] : [];
  return [...table, ...help, ...summaryLines(finished)].join("\n");
}

/** `kinds` explains those kinds that are found. */
export function verifyJson({ folder, quick, report, seconds }: FinishedVerification): object {
  const { findings, repaired, counts, setAside, isLocked } = report;
  return {
    folder,
    quick: quick === true,
    ...counts,
    seconds: Math.round(seconds * 1000) / 1000,
    isLocked,
    setAside,
    findings: findings.map(findingJson),
    ...(repaired && { repaired: repaired.map(findingJson) }),
    kinds: Object.fromEntries(kindsOf(findings).map((kind) => [kind, findingHelp[kind]])),
  };
}

function findingJson(finding: Finding): object {
  return { ...finding, reason: findingReason(finding) };
}

function tableLines(findings: readonly Finding[]): string[] {
  const kindWidth = Math.max(0, ...findings.map(({ kind }) => kind.length));
  const pathWidth = Math.min(WIDEST_PATH, Math.max(0, ...findings.map(({ path }) => path.length)));
  return findings.map(
    (finding) =>
      `${finding.kind.padEnd(kindWidth)}  ${finding.path.padEnd(pathWidth)}  ${findingReason(finding)}`,
  );
}

function helpLines({ report, repair }: FinishedVerification): string[] {
  return kindsOf(report.findings).flatMap((kind) => {
    const { meaning, isRepairable, hint } = findingHelp[kind];
    const step = isRepairable && repair !== true ? "--repair may mend it" : hint;
    return [`${kind}: ${meaning}`, `  ${step}`];
  });
}

function kindsOf(findings: readonly Finding[]): FindingKind[] {
  return [...new Set(findings.map(({ kind }) => kind))];
}

function summaryLines({ folder, report, repair, seconds }: FinishedVerification): string[] {
  const { findings, repaired = [], counts } = report;
  const hashed = counts.bytes === 0 ? "no package hashed" : `${formatBytes(counts.bytes)} of packages hashed`;
  const found = findings.length === 0 ? "Nothing is wrong" : countOf(findings.length, "finding");
  const left =
    repair === true && repaired.length > 0 ? `, ${countOf(repaired.length, "finding")} repaired` : "";
  return [
    `${found} in "${folder}"${left}`,
    `  checked  ${countOf(counts.versions, "version")} of ${countOf(counts.ids, "id")}, ${countOf(counts.documents, "document")}, ${hashed}`,
    `  time     ${formatSeconds(seconds)}`,
  ];
}
