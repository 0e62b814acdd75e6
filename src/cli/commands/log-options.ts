/**
 * Which lines of the audit log somebody wants to see.
 */
import { nearestName } from "../../nearest.js";
import { lowerId, parsePackageId } from "../../nuget/id.js";
import { AUDIT_ACTIONS, type AuditAction, type AuditLine } from "../../publish/audit.js";
import { isIdGlob, matchesIdGlob } from "../../serve/auth/id-glob.js";
import { isTime } from "../../serve/auth/key-file.js";
import { type CommandInput, type FlagSpec, valueOf } from "../command.js";
import { usageError } from "../usage-error.js";

const group = "Lines:";
const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

export const logFlags: readonly FlagSpec[] = [
  {
    name: "id",
    kind: "value",
    group,
    describe: 'Only of package ids such as Contoso.Core or "Contoso.*", in any letter case',
  },
  { name: "key", kind: "value", group, describe: "Only with the key of this name" },
  { name: "action", kind: "value", group, describe: `Only these: ${AUDIT_ACTIONS.join(",")}` },
  {
    name: "since",
    kind: "value",
    group,
    describe: "Only since 7d ago, or since a day (UTC) such as 2027-01-31",
  },
  { name: "last", kind: "value", group, describe: "Only so many of the newest (default all)" },
];

export type SelectLines = (lines: readonly AuditLine[]) => readonly AuditLine[];

type Matches = (line: AuditLine) => boolean;

/**
 * What the flags select, from lines in the order of time; that order stays.
 *
 * @param now milliseconds since 1970
 * @throws FeedError `usage`
 */
export function linesOf(input: CommandInput, now: number): SelectLines {
  const parsers: readonly [string, (text: string) => Matches][] = [
    ["id", parseId],
    ["key", parseKey],
    ["action", parseActions],
    ["since", (text) => parseSince(text, now)],
  ];
  const conditions = parsers.flatMap(([name, parse]) => {
    const text = valueOf(input, name);
    return text === undefined ? [] : [parse(text)];
  });
  const last = parseLast(valueOf(input, "last"));
  return (lines) => lines.filter((line) => conditions.every((matches) => matches(line))).slice(-last);
}

function parseId(glob: string): Matches {
  if (!isIdGlob(glob))
    throw usageError(`--id "${glob}" is no package id`, '"*" stands for anything: --id "Contoso.*"');
  return ({ id: written }) => {
    const id = parsePackageId(written);
    return id !== undefined && matchesIdGlob(lowerId(id), glob);
  };
}

/** No two keys differ by letter case only. */
function parseKey(name: string): Matches {
  return ({ key }) => key?.toLowerCase() === name.toLowerCase();
}

function parseActions(text: string): Matches {
  const words = text.split(",").map((word) => word.trim().toLowerCase());
  const wanted = words.filter((word) => word !== "");
  const unknown = wanted.find((word) => !isAction(word));
  if (unknown !== undefined || wanted.length === 0) throw unknownAction(unknown ?? "");
  return ({ action }) => wanted.includes(action);
}

function isAction(word: string): word is AuditAction {
  return AUDIT_ACTIONS.some((known) => known === word);
}

function unknownAction(word: string): Error {
  const nearest = nearestName(word, AUDIT_ACTIONS);
  const hint = nearest === undefined ? `known are ${AUDIT_ACTIONS.join(", ")}` : `did you mean ${nearest}?`;
  return usageError(`there is no action "${word}"`, hint);
}

/** So many days ago, or the beginning of a day (UTC). */
function parseSince(text: string, now: number): Matches {
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1];
  if (days === undefined && !isTime(text)) {
    const needed = "a number of days, such as 7d, nor a day, such as 2027-01-31";
    throw usageError(`--since "${text}" is neither ${needed}`);
  }
  const since = days === undefined ? Date.parse(text) : now - Number(days) * MILLISECONDS_PER_DAY;
  // A line whose time is none might be of any: it is shown, so that nothing of the log can be hidden by damage.
  return ({ time }) => !(Date.parse(time) < since);
}

function parseLast(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`--last "${text}" is not a number of lines from 1 on`);
}
