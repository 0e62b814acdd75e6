/** Makes tabs of `.tabs` (templates/tabs.tsx): one panel at a time, arrow keys between tabs, and the choice sticks. */
import { keepChoice, readChoice } from "./storage.js";

/** Within `root`, which a script may have filled later than the page was loaded. */
export function startTabs(root: ParentNode = document): void {
  for (const group of root.querySelectorAll<HTMLElement>(".tabs")) startGroup(group);
}

function startGroup(group: HTMLElement): void {
  const tabs = [...group.querySelectorAll<HTMLElement>('[role="tab"]')];
  const list = group.querySelector('[role="tablist"]');
  const storageKey = `tabs:${group.dataset["tabs"] ?? ""}`;
  for (const tab of tabs) {
    const panel = panelOf(tab);
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => {
      select(tabs, tab);
      keepChoice(storageKey, tab.dataset["key"]);
    });
  }
  list?.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent) moveByKey(tabs, event);
  });
  const chosen = tabs.find(({ dataset }) => dataset["key"] === readChoice(storageKey));
  if (chosen !== undefined) select(tabs, chosen);
}

function panelOf(tab: HTMLElement): HTMLElement | null {
  return document.getElementById(tab.getAttribute("aria-controls") ?? "");
}

function select(tabs: readonly HTMLElement[], selected: HTMLElement): void {
  for (const tab of tabs) {
    const isSelected = tab === selected;
    tab.setAttribute("aria-selected", String(isSelected));
    tab.tabIndex = isSelected ? 0 : -1;
    panelOf(tab)?.classList.toggle("tabs__panel--open", isSelected);
  }
}

/** The tab that has the focus is the open one, as the pattern for tabs that need no loading has it. */
function moveByKey(tabs: readonly HTMLElement[], event: KeyboardEvent): void {
  const index = tabs.findIndex((tab) => tab === document.activeElement);
  const next = tabs.at(nextIndex(event.key, index, tabs.length));
  if (index === -1 || next === undefined || next === tabs[index]) return;
  event.preventDefault();
  next.focus();
  next.click();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function nextIndex(key: string, index: number, count: number): number {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  if (key === forward) return (index + 1) % count;
  if (key === backward) return (index + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : index;
}
