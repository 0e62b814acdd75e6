/**
 * From the address of a request to a question (protocol.md §5.1, §6). Whatever stands there is read somehow: clients put
 * texts into addresses without encoding them, and a refused question looks to people like a feed that is down.
 */
import { isUnsupported, parseFramework } from "../../nuget/framework.js";
import { includesSemVer2, type Page, type SearchFilters } from "../../search/index.js";

export interface Question {
  /** What is searched for; empty for everything. */
  readonly query: string;
  /** The id whose versions are wanted, as it was written; empty where none is named. */
  readonly id: string;
  readonly filters: Required<SearchFilters>;
  readonly page: Required<Page>;
}

const DEFAULT_TAKE = 20;
const MOST_TAKE = 1000;

/**
 * Reads all parameters; unknown ones are ignored. `URLSearchParams` takes `+` for a space, leaves broken percent escapes
 * as they are, and never throws.
 */
export function readQuestion(url: URL): Question {
  const parameters = readParameters(url);
  return {
    query: firstText(parameters, "q"),
    id: firstText(parameters, "id").trim(),
    filters: {
      prerelease: isTrue(firstText(parameters, "prerelease")),
      semVer2: includesSemVer2(firstText(parameters, "semverlevel").trim()),
      packageTypes: [
        ...texts(parameters, "packagetype"),
        // The name that older clients use.
        ...texts(parameters, "packagetypefilter"),
      ],
      frameworks: texts(parameters, "supportedframework").flatMap(knownFramework),
    },
    page: {
      skip: readCount(firstText(parameters, "skip"), 0),
      take: Math.min(readCount(firstText(parameters, "take"), DEFAULT_TAKE), MOST_TAKE),
    },
  };
}

/** Values by name in lower case: the letter case of names is whatever a client likes. */
type Parameters = ReadonlyMap<string, readonly string[]>;

function readParameters({ searchParams }: URL): Parameters {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of searchParams) {
    const values = parameters.get(name.toLowerCase());
    if (values === undefined) parameters.set(name.toLowerCase(), [value]);
    else values.push(value);
  }
  return parameters;
}

/** Of what can be said only once, the first that says something counts. */
function firstText(parameters: Parameters, name: string): string {
  return parameters.get(name)?.find((value) => value.trim() !== "") ?? "";
}

function texts(parameters: Parameters, name: string): string[] {
  return (parameters.get(name) ?? []).map((value) => value.trim()).filter((value) => value !== "");
}

/** `True` is sent too (protocol.md §5.1). */
function isTrue(text: string): boolean {
  return ["true", "1"].includes(text.trim().toLowerCase());
}

function readCount(text: string, fallback: number): number {
  const trimmed = text.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) return fallback;
  return Math.min(Math.max(Number(trimmed), 0), Number.MAX_SAFE_INTEGER);
}

/** What is no framework that anybody knows is ignored: nothing could be told of it, and the client asked for packages. */
function knownFramework(text: string) {
  const framework = parseFramework(text);
  return framework === undefined || isUnsupported(framework) ? [] : [framework];
}
