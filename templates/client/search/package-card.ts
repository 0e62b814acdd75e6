/** A package in a list of results: the same elements as templates/package-card.tsx and package-icon.tsx make. */
import type { PackageCard } from "../../../src/site/package-card.js";
import { element } from "./element.js";

export function cardElement(card: PackageCard): HTMLLIElement {
  const item = element("li", "package-card");
  const text = element("div", "package-card__text");
  text.append(titleElement(card));
  if (card.description !== undefined) {
    const description = element("p", "package-card__description", card.description);
    description.dir = "auto";
    text.append(description);
  }
  text.append(metaElement(card));
  item.append(iconElement(card), text);
  return item;
}

function titleElement({ href, id, version, marks }: PackageCard): HTMLElement {
  const title = element("h3", "package-card__title");
  const link = element("a", "");
  link.href = href;
  link.append(breakableElement(id));
  title.append(link, " ", element("span", "version", version));
  for (const { kind, text } of marks) title.append(" ", element("span", `mark mark--${kind}`, text));
  return title;
}

/** As templates/package/breakable.tsx. */
function breakableElement(text: string): HTMLElement {
  const whole = element("bdi", "");
  for (const word of text.split(/(?<=[./-])/)) whole.append(word, document.createElement("wbr"));
  return whole;
}

function metaElement({ published, authors }: PackageCard): HTMLElement {
  const meta = element("p", "package-card__meta");
  if (published !== undefined) {
    const time = element("time", "", published);
    time.dateTime = published;
    meta.append(time);
  }
  if (authors !== undefined) meta.append(element("bdi", "", authors));
  return meta;
}

function iconElement({ icon, id }: PackageCard): HTMLElement {
  const initial = initialOf(id);
  if (icon === undefined) {
    const tile = element("span", "icon icon--48 icon--initial", initial);
    tile.setAttribute("aria-hidden", "true");
    return tile;
  }
  const image = element("img", "icon icon--48");
  image.alt = "";
  image.width = 48;
  image.height = 48;
  image.loading = "lazy";
  image.decoding = "async";
  image.dataset["initial"] = initial;
  image.src = icon;
  return image;
}

function initialOf(id: string): string {
  const word = id.split(/[.-]/).at(-1) ?? id;
  return (Array.from(word)[0] ?? "").toUpperCase();
}
