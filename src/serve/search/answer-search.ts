/**
 * The search resource (protocol.md §5).
 */
import { HIVES } from "../../feed/hive.js";
import { searchItem } from "../../feed/search-answer.js";
import { feedUrl, type HiveFolder, hiveFolder } from "../../feed/urls.js";
import { type SearchIndex, search } from "../../search/index.js";
import { answerJson, VOCABULARY } from "../json-answer.js";
import { readQuestion } from "./parameters.js";

/**
 * Answers GET and HEAD, whatever is asked, with 200.
 *
 * @param baseUrl the feed's address as this client sees it, ending in `/`
 */
export async function answerSearch(index: SearchIndex, request: Request, baseUrl: string): Promise<Response> {
  return answerJson(request, searchAnswer(index, new URL(request.url), baseUrl));
}

/** The document; `undefined` properties are those that it leaves out. */
function searchAnswer(index: SearchIndex, url: URL, baseUrl: string): object {
  const { query, filters, page } = readQuestion(url);
  const { total, hits } = search(index, query, filters, page);
  const hive = hiveOf(filters.semVer2);
  return {
    "@context": { "@vocab": VOCABULARY, "@base": feedUrl(baseUrl, hiveFolder(hive)) },
    totalHits: total,
    data: hits.map(({ entry, latest, versions }) => searchItem(entry, latest, versions, baseUrl, hive)),
  };
}

/** Registrations without versions that the client did not ask for (protocol.md §5.2: `registration`). */
function hiveOf(semVer2: boolean): HiveFolder {
  return HIVES.find(({ includesSemVer2 }) => includesSemVer2 === semVer2)?.folder ?? "registration";
}
