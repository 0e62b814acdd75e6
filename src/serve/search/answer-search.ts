/**
 * The search resource (protocol.md §5).
 */
import { HIVES } from "../../feed/hive.js";
import { feedUrl, type HiveFolder, hiveFolder } from "../../feed/urls.js";
import { type SearchIndex, search } from "../../search/index.js";
import { answerJsonBytes, VOCABULARY } from "../json-answer.js";
import { itemText } from "./item-texts.js";
import { readQuestion } from "./parameters.js";

const encoder = new TextEncoder();

/**
 * Answers GET and HEAD, whatever is asked, with 200.
 *
 * @param baseUrl the feed's address as this client sees it, ending in `/`
 */
export async function answerSearch(index: SearchIndex, request: Request, baseUrl: string): Promise<Response> {
  return answerJsonBytes(request, encoder.encode(searchAnswer(index, new URL(request.url), baseUrl)));
}

/** The document as JSON. */
function searchAnswer(index: SearchIndex, url: URL, baseUrl: string): string {
  const { query, filters, page } = readQuestion(url);
  const { total, hits } = search(index, query, filters, page);
  const hive = hiveOf(filters.semVer2);
  const shown = `${filters.prerelease} ${filters.semVer2}`;
  const items = hits.map((hit) => itemText(hit, baseUrl, hive, shown));
  const context = { "@vocab": VOCABULARY, "@base": feedUrl(baseUrl, hiveFolder(hive)) };
  return `{"@context":${JSON.stringify(context)},"totalHits":${total},"data":[${items.join(",")}]}`;
}

/** Registrations without versions that the client did not ask for (protocol.md §5.2: `registration`). */
function hiveOf(semVer2: boolean): HiveFolder {
  return HIVES.find(({ includesSemVer2 }) => includesSemVer2 === semVer2)?.folder ?? "registration";
}
