/** A field above the table of versions that narrows it down, and the versions that the page itself does not hold. */
import { versionGroups } from "../../../src/site/package/version-rows.js";
import { Group } from "../../package/versions.js";
import { asNode } from "./jsx-dom.js";
import type { PackageElement } from "./place.js";
import { loadVersions } from "./versions.js";

/** Fewer rows than this are seen at a glance. */
const minRows = 8;

export function startVersionFilter(place: PackageElement): void {
  const table = place.element.querySelector<HTMLTableElement>("#versions-table");
  const more = place.element.querySelector<HTMLElement>("[data-more-versions]");
  if (table === null || (table.rows.length < minRows && more === null)) return;
  const field = makeField();
  const prereleases = makeBox();
  const filter = () => filterRows(table, field.input.value, prereleases.input.checked);
  field.input.addEventListener("input", () => void addAll(place, table, more).then(filter));
  prereleases.input.addEventListener("change", filter);
  const bar = document.createElement("div");
  bar.className = "filters versions__filter";
  bar.append(field.label, prereleases.label);
  table.parentElement?.before(bar);
  if (more !== null)
    more.append(
      " ",
      allButton(() => addAll(place, table, more)),
    );
}

interface Labelled {
  readonly label: HTMLElement;
  readonly input: HTMLInputElement;
}

function makeField(): Labelled {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Filter versions";
  input.setAttribute("aria-label", "Filter versions");
  input.autocomplete = "off";
  label.append(input);
  return { label, input };
}

function makeBox(): Labelled {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "checkbox";
  input.checked = true;
  label.append(input, " Prereleases");
  return { label, input };
}

function allButton(act: () => Promise<void>): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "versions__all";
  button.textContent = "Show all";
  button.addEventListener("click", () => void act());
  return button;
}

/** Puts all versions in the place of the newest ones, once. */
async function addAll(
  place: PackageElement,
  table: HTMLTableElement,
  more: HTMLElement | null,
): Promise<void> {
  if (more?.isConnected !== true) return;
  const versions = await loadVersions(place);
  if (versions.length === 0 || !more.isConnected) return;
  const groups = versionGroups(versions, place.root).map((group) => asNode(Group({ group })));
  for (const body of table.querySelectorAll("tbody")) body.remove();
  table.append(...groups);
  more.remove();
}

function filterRows(table: HTMLTableElement, text: string, hasPrereleases: boolean): void {
  const wanted = text.trim().toLowerCase();
  for (const body of table.tBodies) {
    let visible = 0;
    for (const row of body.rows) {
      if (row.id === "") continue;
      row.hidden = !row.id.includes(wanted) || (!hasPrereleases && row.id.includes("-"));
      if (!row.hidden) visible += 1;
    }
    body.hidden = visible === 0;
  }
}
