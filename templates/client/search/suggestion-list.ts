/** The list of suggestions: its elements, which of them is chosen, and what ARIA says of that. */
import type { PackageCard } from "../../../src/site/package-card.js";
import { element } from "./element.js";

export interface SuggestionList {
  readonly element: HTMLElement;
  readonly isOpen: () => boolean;
  /** Opens with packages and, as the last choice, a link. */
  readonly show: (cards: readonly PackageCard[], last: SuggestedLink) => void;
  readonly close: () => void;
  /** Chooses the next or the one before; beyond the ends nothing is chosen, as if one were in the box. */
  readonly move: (step: 1 | -1) => void;
  /** Goes to what is chosen; `false` when nothing is. */
  readonly openChosen: () => boolean;
}

export interface SuggestedLink {
  readonly text: string;
  readonly href: string;
}

const listId = "search-suggestions";

/** Makes a combobox of the input. The list is empty and closed. */
export function createSuggestionList(input: HTMLInputElement): SuggestionList {
  const list = element("ul", "suggestions");
  list.id = listId;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", listId],
    ["aria-expanded", "false"],
  ] as const) {
    input.setAttribute(name, value);
  }
  let options: readonly HTMLElement[] = [];
  let chosen = -1;

  const choose = (index: number): void => {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = options[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option === undefined) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", option.id);
  };
  const setOpen = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    choose(-1);
  };

  // The box keeps the focus, or the list would close before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    if (target instanceof Element) openOption(target.closest<HTMLElement>("[data-href]"));
  });

  return {
    element: list,
    isOpen: () => !list.hidden,
    show: (cards, last) => {
      options = [...cards.map(packageOption), linkOption(last)];
      for (const [index, option] of options.entries()) option.id = `${listId}-${index}`;
      chosen = -1;
      list.replaceChildren(...options);
      setOpen(true);
    },
    close: () => setOpen(false),
    move: (step) => {
      const count = options.length + 1;
      choose(((chosen + 1 + step + count) % count) - 1);
    },
    openChosen: () => !list.hidden && openOption(options[chosen] ?? null),
  };
}

function openOption(option: HTMLElement | null): boolean {
  const href = option?.dataset["href"];
  if (href === undefined) return false;
  location.assign(href);
  return true;
}

function packageOption({ href, id, description }: PackageCard): HTMLElement {
  const option = optionElement(href);
  option.append(element("span", "suggestions__id", id));
  if (description !== undefined) {
    const text = element("span", "suggestions__description", description);
    text.dir = "auto";
    option.append(" ", text);
  }
  return option;
}

function linkOption({ text, href }: SuggestedLink): HTMLElement {
  const option = optionElement(href);
  option.classList.add("suggestions__option--all");
  option.textContent = text;
  return option;
}

function optionElement(href: string): HTMLElement {
  const option = element("li", "suggestions__option");
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset["href"] = href;
  return option;
}
