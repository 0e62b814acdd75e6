/** Search on every page: suggestions below the box, and on the search page the results. */
import { startResults } from "./results.js";
import { createSearchClient } from "./search-client.js";
import { startShortcut } from "./shortcut.js";
import { startSuggestions } from "./suggestions.js";

/**
 * Does nothing on pages without the form of templates/search-form.tsx. Nothing is loaded before the box is used, or a
 * question stands in the address of the search page.
 *
 * @param root the way from the page to the feed's root
 */
export function startSearch(root: string): void {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const input = form?.querySelector<HTMLInputElement>('input[name="q"]');
  if (!form || !input) return;
  const client = createSearchClient(root);
  startShortcut(input);
  const main = document.querySelector<HTMLElement>('[data-page="search"]');
  if (main === null) startSuggestions(form, input, client, root);
  else startResults(form, input, client);
}
