/**
 * The items of search answers as JSON in UTF-8. Many questions have the same packages among their hits, so the text of each
 * is made once and kept for a while.
 */
import { searchItem } from "../../feed/search-answer.js";
import type { SearchEntry } from "../../feed/search-entry.js";
import type { HiveFolder } from "../../feed/urls.js";
import type { SearchHit } from "../../search/index.js";

/**
 * Bytes that are kept at most: some six thousand texts. Not their number is limited, because the
 * address is as long as a client likes, and stands in a text once for each version.
 */
export const MOST_KEPT = 16 * 1024 * 1024;

/** Milliseconds after which what is kept makes room for others, where there is none. */
const KEPT_FOR = 10 * 60_000;

const encoder = new TextEncoder();

export interface ItemTexts {
  /**
   * @param baseUrl the feed's address as the client sees it, ending in `/`
   * @param filters what decides which versions a hit shows, as text
   */
  readonly textOf: (hit: SearchHit, baseUrl: string, hive: HiveFolder, filters: string) => Uint8Array;
  /** Bytes that are kept. */
  readonly size: () => number;
}

/** @param now milliseconds from any beginning */
export function createItemTexts(now: () => number = () => performance.now()): ItemTexts {
  let texts = new WeakMap<SearchEntry, Map<string, Uint8Array>>();
  let kept = 0;
  let since = now();

  /** An entry that changes is another object, so that its old texts are found by nobody. */
  const keep = (entry: SearchEntry, key: string, text: Uint8Array): void => {
    const size = key.length + text.length;
    if (kept + size > MOST_KEPT && now() - since > KEPT_FOR) {
      texts = new WeakMap();
      kept = 0;
      since = now();
    }
    // What came first stays: making room all the time would be more work than making texts.
    if (kept + size > MOST_KEPT) return;
    kept += size;
    texts.set(entry, (texts.get(entry) ?? new Map()).set(key, text));
  };
  return {
    textOf: ({ entry, latest, versions }, baseUrl, hive, filters) => {
      const key = `${hive} ${filters} ${baseUrl}`;
      const known = texts.get(entry)?.get(key);
      if (known !== undefined) return known;
      const text = encoder.encode(JSON.stringify(searchItem(entry, latest, versions, baseUrl, hive)));
      keep(entry, key, text);
      return text;
    },
    size: () => kept,
  };
}
