/**
 * Packages below the search box while somebody types: a combobox with a list (ARIA Authoring Practices). The focus stays
 * in the box; arrows choose, Enter opens what is chosen or, when nothing is, the search page.
 */
import { element } from "./element.js";
import type { Question } from "./messages.js";
import { searchHref } from "./question.js";
import type { SearchClient } from "./search-client.js";
import { createSuggestionList, type SuggestionList } from "./suggestion-list.js";

const maxSuggestions = 8;

/** Screen readers are told the count when nothing was typed for so long. */
const announceAfter = 700;

export function startSuggestions(
  form: HTMLFormElement,
  input: HTMLInputElement,
  client: SearchClient,
  root: string,
): void {
  const list = createSuggestionList(input);
  const status = element("p", "visually-hidden");
  status.setAttribute("role", "status");
  form.append(list.element, status);
  const update = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === "") {
      list.close();
      return;
    }
    const answer = await client.ask(questionOf(query));
    // Whoever left the box meanwhile wants no list.
    if (answer === undefined || input.value.trim() !== query || document.activeElement !== input) return;
    if (answer.kind === "failed" || answer.total === 0) list.close();
    else list.show(answer.cards, { text: `All results for “${query}”`, href: searchHref(root, query) });
    announce(status, answer.kind === "failed" ? "" : countText(answer.total));
  };
  // The index is loaded while the first letters are typed.
  input.addEventListener("focus", () => void client.ask(questionOf("")), { once: true });
  input.addEventListener("input", () => void update());
  input.addEventListener("keydown", (event) => onKey(event, list, () => void update()));
  input.addEventListener("blur", () => list.close());
}

function onKey(event: KeyboardEvent, list: SuggestionList, update: () => void): void {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.isOpen()) list.move(event.key === "ArrowDown" ? 1 : -1);
    else update();
  } else if (event.key === "Enter" && list.openChosen()) {
    event.preventDefault();
  } else if (event.key === "Escape" && list.isOpen()) {
    // A search box empties itself otherwise.
    event.preventDefault();
    list.close();
  }
}

/** Prereleases too: a package that has nothing else is meant as well. */
function questionOf(query: string): Question {
  return { query, packageType: "", framework: "", prerelease: true, skip: 0, take: maxSuggestions };
}

let timer: ReturnType<typeof setTimeout> | undefined;

function announce(status: HTMLElement, text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    status.textContent = text;
  }, announceAfter);
}

function countText(total: number): string {
  if (total === 0) return "No packages found";
  return total === 1 ? "1 package found" : `${total} packages found`;
}
