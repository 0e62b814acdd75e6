/**
 * Lines of the audit log as people read them: one line each, columns below each other.
 */
import type { AuditLine } from "../../publish/audit.js";
import { inColumns } from "../columns.js";

/** Enough to tell packages apart, and to find one by. */
const HASH_LENGTH = 10;

/** Several lines without a line break at the end; nothing of no line. */
export function logTable(lines: readonly AuditLine[]): string {
  return inColumns(lines.map((line) => cells(line).map(inOneLine)));
}

function cells({ time, action, id, version, key, address, sha512 }: AuditLine): string[] {
  return [
    time.replace(/\.\d+Z$/, "Z"),
    action,
    `${id} ${version}`,
    key ?? "-",
    address ?? "-",
    sha512?.slice(0, HASH_LENGTH) ?? "-",
  ];
}

/** A line break in a damaged line would look like another line. */
function inOneLine(text: string): string {
  return text.replace(/\r?\n/g, "\\n");
}
