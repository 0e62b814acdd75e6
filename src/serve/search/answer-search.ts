/**
 * The search resource (protocol.md §5).
 */
import { joinBytes } from "../../feed/bytes.js";
import { HIVES } from "../../feed/hive.js";
import { feedUrl, type HiveFolder, hiveFolder } from "../../feed/urls.js";
import { type SearchIndex, search } from "../../search/index.js";
import { answerJsonBytes, VOCABULARY } from "../http/json-answer.js";
import { createItemTexts } from "./item-texts.js";
import { readQuestion } from "./parameters.js";

const encoder = new TextEncoder();
const comma = encoder.encode(",");
const closing = encoder.encode("]}");

const itemTexts = createItemTexts();

/**
 * Answers GET and HEAD, whatever is asked, with 200.
 *
 * @param baseUrl the feed's address as this client sees it, ending in `/`
 */
export async function answerSearch(index: SearchIndex, request: Request, baseUrl: string): Promise<Response> {
  return answerJsonBytes(request, searchAnswer(index, new URL(request.url), baseUrl));
}

/** The document as JSON. */
function searchAnswer(index: SearchIndex, url: URL, baseUrl: string): Uint8Array {
  const { query, filters, page } = readQuestion(url);
  const { total, hits } = search(index, query, filters, page);
  const hive = hiveOf(filters.semVer2);
  const shown = `${filters.prerelease} ${filters.semVer2}`;
  const items = hits.map((hit) => itemTexts.textOf(hit, baseUrl, hive, shown));
  const context = { "@vocab": VOCABULARY, "@base": feedUrl(baseUrl, hiveFolder(hive)) };
  const opening = `{"@context":${JSON.stringify(context)},"totalHits":${total},"data":[`;
  return joinBytes([
    encoder.encode(opening),
    ...items.flatMap((item, at) => (at === 0 ? [item] : [comma, item])),
    closing,
  ]);
}

/** Registrations without versions that the client did not ask for (protocol.md §5.2: `registration`). */
function hiveOf(semVer2: boolean): HiveFolder {
  return HIVES.find(({ includesSemVer2 }) => includesSemVer2 === semVer2)?.folder ?? "registration";
}
