/**
 * The items of search answers as JSON. Many questions have the same packages among their hits, so the text of each is made
 * once and kept for a while.
 */
import { searchItem } from "../../feed/search-answer.js";
import type { SearchEntry } from "../../feed/search-entry.js";
import type { HiveFolder } from "../../feed/urls.js";
import type { SearchHit } from "../../search/index.js";

/**
 * Characters that are kept at most: ten thousand texts of about two kilobytes. Not their number is limited, because the
 * address is as long as a client likes, and stands in a text once for each version.
 */
export const MOST_KEPT = 20_000_000;

let texts = new WeakMap<SearchEntry, Map<string, string>>();
let kept = 0;

/**
 * @param baseUrl the feed's address as the client sees it, ending in `/`
 * @param filters what decides which versions a hit shows, as text
 */
export function itemText(
  { entry, latest, versions }: SearchHit,
  baseUrl: string,
  hive: HiveFolder,
  filters: string,
): string {
  const ofEntry = textsOf(entry);
  const key = `${hive} ${filters} ${baseUrl}`;
  const known = ofEntry.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(searchItem(entry, latest, versions, baseUrl, hive));
  ofEntry.set(key, text);
  kept += key.length + text.length;
  return text;
}

/** An entry that changes is another object, so that its old texts are found by nobody. */
function textsOf(entry: SearchEntry): Map<string, string> {
  if (kept >= MOST_KEPT) {
    texts = new WeakMap();
    kept = 0;
  }
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  texts.set(entry, made);
  return made;
}
