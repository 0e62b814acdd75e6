/**
 * Reads what was asked: free words, phrases in quotes, and `field:value` (protocol.md §5.3).
 */
import { isStopWord } from "./stop-words.js";
import { humps, rawWords, textWords } from "./words.js";

export type QueryField =
  | "id"
  | "packageid"
  | "version"
  | "title"
  | "description"
  | "summary"
  | "tags"
  | "author"
  | "owner";

export interface SearchQuery {
  /** The free text without quotes: it may be an id or the beginning of one. */
  readonly text: string;
  /** Free words, folded, each once. All of them must match. */
  readonly words: readonly QueryWord[];
  /** Words in quotes, which must stand side by side. */
  readonly phrases: readonly (readonly string[])[];
  /** Different fields are combined with AND, values of one field with OR. */
  readonly fields: ReadonlyMap<QueryField, readonly string[]>;
}

export interface QueryWord {
  readonly word: string;
  /** The parts at camel case and digits, where there are several. */
  readonly parts: readonly string[];
  /** It may be the beginning of what is meant: the last free word, which may still be typed. */
  readonly isLast: boolean;
}

const fieldNames: ReadonlyMap<string, QueryField> = new Map([
  ["id", "id"],
  ["packageid", "packageid"],
  ["version", "version"],
  ["title", "title"],
  ["description", "description"],
  ["summary", "summary"],
  ["tag", "tags"],
  ["tags", "tags"],
  ["author", "author"],
  ["authors", "author"],
  ["owner", "owner"],
  ["owners", "owner"],
]);

/** What is behind these limits is not looked at; nobody types so much. */
const maxLength = 1000;
const maxWords = 20;

// A field with a value in quotes or without, quoted words, or whatever stands between white space. A quote that is
// not closed goes to the end.
const termForm = /([A-Za-z]+):(?:"([^"]*)(?:"|$)|(\S*))|"([^"]*)(?:"|$)|(\S+)/g;

/** There is no boolean syntax: these are dropped. */
const operators: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);

/** Reads a question. No text is refused; fields with unknown names are ignored. */
export function parseQuery(query: string): SearchQuery {
  const fields = new Map<QueryField, string[]>();
  const phrases: string[][] = [];
  const loose: string[] = [];
  const texts: string[] = [];
  for (const [, field, quotedValue, bareValue, phrase, free] of query
    .slice(0, maxLength)
    .matchAll(termForm)) {
    if (field !== undefined) {
      addField(fields, field, quotedValue ?? bareValue ?? "");
    } else if (phrase !== undefined) {
      const words = textWords(phrase);
      if (words.length > 0) phrases.push(words.slice(0, maxWords));
      texts.push(phrase);
    } else if (free !== undefined && !operators.has(free)) {
      loose.push(free);
      texts.push(free);
    }
  }
  return {
    text: texts.join(" ").trim(),
    words: freeWords(loose.join(" ")),
    phrases: phrases.slice(0, maxWords),
    fields,
  };
}

function addField(fields: Map<QueryField, string[]>, name: string, value: string): void {
  const field = fieldNames.get(name.toLowerCase());
  if (field === undefined || value.trim() === "") return;
  const values = fields.get(field) ?? [];
  if (values.length < maxWords) fields.set(field, [...values, value.trim()]);
}

/** Words that say nothing are left out when others remain. */
function freeWords(text: string): QueryWord[] {
  const raw = rawWords(text);
  const words = new Map<string, QueryWord>();
  for (const [at, written] of raw.entries()) {
    const [word] = textWords(written);
    if (word === undefined) continue;
    const parts = humps(written);
    const isLast = at === raw.length - 1;
    words.set(word, { word, parts: parts.length > 1 ? parts : [], isLast });
  }
  const all = [...words.values()];
  const telling = all.filter(({ word }) => !isStopWord(word));
  return (telling.length > 0 ? telling : all).slice(0, maxWords);
}

/** Whether nothing is asked, which everything answers. */
export function isEmptyQuery({ text, fields }: SearchQuery): boolean {
  return text === "" && fields.size === 0;
}
