/** The search page: results while somebody types, filters, and the question in the address bar. */
import { element } from "./element.js";
import type { Answer } from "./messages.js";
import { cardElement } from "./package-card.js";
import { type AskedFor, addressOf, findControls, readAddress, readControls } from "./question.js";
import { startResultKeys } from "./result-keys.js";
import type { SearchClient } from "./search-client.js";

const pageSize = 20;

/** The address and what screen readers say follow when nothing was typed for so long. */
const settleAfter = 400;

/** Faster answers need no word about waiting. */
const waitingAfter = 250;

export function startResults(form: HTMLFormElement, input: HTMLInputElement, client: SearchClient): void {
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const filters = document.getElementById("filters");
  if (status === null || results === null) return;
  const controls = findControls(input, filters);
  const more = element("button", "button", "Show more");
  more.type = "button";
  more.hidden = true;
  results.after(more);

  let settled: ReturnType<typeof setTimeout> | undefined;
  /** @param skip how many results stay */
  const update = async (skip: number): Promise<void> => {
    const asked = readControls(controls);
    const waiting = setTimeout(() => {
      status.textContent = "Searching…";
    }, waitingAfter);
    const answer = await client.ask({ ...asked, skip, take: pageSize });
    clearTimeout(waiting);
    if (answer === undefined) return;
    more.hidden = answer.kind === "failed" || skip + answer.cards.length >= answer.total;
    if (answer.kind === "found") showCards(results, answer.cards.map(cardElement), skip);
    clearTimeout(settled);
    settled = setTimeout(
      () => {
        status.textContent = statusText(answer, asked);
        history.replaceState(history.state, "", location.pathname + addressOf(asked));
      },
      skip === 0 ? settleAfter : 0,
    );
  };

  readAddress(controls, location.search);
  const begin = (): void => void update(0);
  if (location.search === "") input.addEventListener("focus", begin, { once: true });
  else begin();
  input.addEventListener("input", begin);
  filters?.addEventListener("change", begin);
  for (const submitted of [form, filters]) {
    submitted?.addEventListener("submit", (event) => {
      event.preventDefault();
      begin();
    });
  }
  more.addEventListener("click", () => void update(results.childElementCount));
  startResultKeys(input, results);
}

/** Who asked for more by the keyboard goes on at the first of them. */
function showCards(results: HTMLElement, cards: readonly HTMLElement[], skip: number): void {
  if (skip === 0) {
    results.replaceChildren(...cards);
    return;
  }
  results.append(...cards);
  cards[0]?.querySelector("a")?.focus();
}

function statusText(answer: Answer, { query }: AskedFor): string {
  if (answer.kind === "failed")
    return "Search could not be loaded. Try again, or look through the lists of packages.";
  const { total, isPartial } = answer;
  const count = total === 1 ? "1 package" : `${total === 0 ? "No" : total.toLocaleString()} packages`;
  const found = query === "" ? count : `${count} for “${query}”`;
  return isPartial ? `${found}, by words of their ids: this feed is large. More letters find more.` : found;
}
