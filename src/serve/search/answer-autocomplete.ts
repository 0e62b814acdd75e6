/**
 * The autocomplete resource (protocol.md §6): ids by what they begin with, or the versions of one id.
 */
import { lowerId, parsePackageId } from "../../nuget/id.js";
import { autocomplete, type SearchIndex, versionsOf } from "../../search/index.js";
import { answerJson, VOCABULARY } from "../http/json-answer.js";
import { type Question, readQuestion } from "./parameters.js";

/** Answers GET and HEAD, whatever is asked, with 200. */
export async function answerAutocomplete(index: SearchIndex, request: Request): Promise<Response> {
  const question = readQuestion(new URL(request.url));
  const answer = asksForVersions(question) ? versionAnswer(index, question) : idAnswer(index, question);
  return answerJson(request, { "@context": { "@vocab": VOCABULARY }, ...answer });
}

/** Where both are asked for, the public gallery answers with ids; where nothing is, with all of them. */
function asksForVersions({ query, id }: Question): boolean {
  return query === "" && id !== "";
}

function idAnswer(index: SearchIndex, { query, filters, page }: Question): object {
  const { total, ids } = autocomplete(index, query, filters, page);
  return { totalHits: total, data: ids };
}

/** All of them, whatever `take` says; an unknown id, and what is none, has none. */
function versionAnswer(index: SearchIndex, { id, filters }: Question): object {
  const known = parsePackageId(id);
  return { data: known === undefined ? [] : versionsOf(index, lowerId(known), filters) };
}
