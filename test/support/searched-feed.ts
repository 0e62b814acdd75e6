/** A feed that is searched as clients do it (protocol.md §5.1, §5.2, §6), without a server in between. */
import { expect } from "vitest";
import { listOf, property, textOf } from "../../src/feed/parsed-json.js";
import { createSearchIndex, replaceShard } from "../../src/search/index.js";
import { answerAutocomplete } from "../../src/serve/search/answer-autocomplete.js";
import { answerSearch } from "../../src/serve/search/answer-search.js";
import { corpus, corpusDownloads, testEntry } from "../search/corpus.js";
import { nullPlaces } from "./feed-checker/json.js";

export const base = "https://feed.example.com/packages/";
const extras = [
  testEntry(["1.0.0", "1.1.0-rc.1+build.5", "2.0.0+build", "2.1.0-beta"], { id: "Semantic.Second" }),
  testEntry(["1.0.0-alpha.1"], { id: "Semantic.Second.Only" }),
  testEntry([], { id: "Unlisted.Only" }),
  testEntry(["1.0.0"], { id: "Żółw", tags: ["turtle"] }),
];
const index = createSearchIndex({ downloads: (id) => corpusDownloads.get(id) ?? 0 });
replaceShard(index, "all", [...corpus, ...extras]);
export const everything = corpus.length + 3;

export async function get(query: string, init: RequestInit = {}): Promise<Response> {
  return await answerSearch(index, new Request(`http://localhost/v3/query${query}`, init), base);
}

export async function complete(query: string, init: RequestInit = {}): Promise<Response> {
  return await answerAutocomplete(index, new Request(`http://localhost/v3/autocomplete${query}`, init));
}

export async function answer(query: string): Promise<unknown> {
  const response = await get(query);
  expect(response.status).toBe(200);
  const document: unknown = await response.json();
  expect(nullPlaces(document)).toEqual([]);
  return document;
}

export function items(document: unknown): readonly unknown[] {
  return listOf(document, "data") ?? [];
}

export async function ids(query: string): Promise<string[]> {
  return items(await answer(query)).map((item) => textOf(item, "id"));
}

export async function total(query: string): Promise<unknown> {
  return property(await answer(query), "totalHits");
}

export async function completed(query: string): Promise<unknown> {
  const response = await complete(query);
  expect(response.status).toBe(200);
  return property(await response.json(), "data");
}

export const semVer2 = "semVerLevel=2.0.0";
