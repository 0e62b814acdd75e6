/** Which packages of this feed depend on this one, and which dependencies this feed does not have. */
import { packageHref, USED_BY_INDEX, usedByShardPath } from "../../../src/feed/site-urls.js";
import { feedUrl } from "../../../src/feed/urls.js";
import { type LowerId, lowerId, parsePackageId } from "../../../src/nuget/id.js";
import { parseUsedByShard, type UsedBy, usedByShardOf } from "../../../src/site/used-by.js";
import { fetchOnce } from "./fetch-once.js";
import type { PackageElement } from "./place.js";
import { textParagraph } from "./readme.js";

/** More dependents than this are told by their number. */
const maxShown = 200;

/** More dependencies than this would mean many files to read. */
const maxLookedFor = 20;

export async function startUsedBy(place: PackageElement): Promise<void> {
  const bits = await readBits(place.root);
  const id = parsePackageId(place.id);
  if (bits === undefined || id === undefined) return;
  const find = (target: LowerId) => findTarget(place.root, bits, target);
  showDependents(place, (await find(lowerId(id)))?.by ?? []);
  const mark = () => void markDependencies(place.element, find);
  const dependencies = place.element.querySelector('[data-part="dependencies"]');
  if (dependencies === null) return;
  mark();
  new MutationObserver(mark).observe(dependencies, { childList: true });
}

async function readBits(root: string): Promise<number | undefined> {
  const text = await fetchOnce(feedUrl(root, USED_BY_INDEX));
  const bits = /^\s*\{\s*"bits":\s*(\d+)\s*\}/.exec(text ?? "")?.[1];
  return bits === undefined ? undefined : Number(bits);
}

/** @returns `undefined` when nobody can tell, because the shard cannot be had */
async function findTarget(root: string, bits: number, target: LowerId): Promise<UsedBy | undefined> {
  const text = await fetchOnce(feedUrl(root, usedByShardPath(bits, usedByShardOf(target, bits))));
  const targets = text === undefined ? undefined : parseUsedByShard(text);
  return targets && (targets.get(target) ?? { key: target, by: [] });
}

function showDependents({ element, root }: PackageElement, by: UsedBy["by"]): void {
  const target = element.querySelector("[data-used-by]");
  const section = document.getElementById("used-by");
  const link = element.querySelector('[data-section="used-by"]');
  if (target === null || section === null || link === null || by.length === 0) return;
  const list = document.createElement("ul");
  list.className = "used-by";
  for (const id of by.slice(0, maxShown)) list.append(dependentItem(root, id));
  target.replaceChildren(list);
  if (by.length > maxShown) target.append(textParagraph(`And ${by.length - maxShown} more.`));
  const count = document.createElement("span");
  count.className = "section-nav__count";
  count.textContent = ` ${by.length}`;
  link.append(count);
  section.hidden = false;
  link.closest("li")?.removeAttribute("hidden");
}

function dependentItem(root: string, id: UsedBy["by"][number]): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = packageHref(root, lowerId(id));
  link.textContent = id;
  item.append(link);
  return item;
}

async function markDependencies(
  page: HTMLElement,
  find: (target: LowerId) => Promise<UsedBy | undefined>,
): Promise<void> {
  const links = [...page.querySelectorAll<HTMLElement>("[data-dependency]:not([data-looked-for])")];
  const keys = new Set(links.map(({ dataset }) => dataset["dependency"] ?? ""));
  if (keys.size > maxLookedFor) return;
  for (const link of links) {
    link.dataset["lookedFor"] = "";
    const id = parsePackageId(link.dataset["dependency"] ?? "");
    const found = id && (await find(lowerId(id)));
    if (found !== undefined && found.isHere === undefined) link.after(" ", elsewhereMark());
  }
}

function elsewhereMark(): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.textContent = "not in this feed";
  return mark;
}
