/**
 * A package in a list. The search script makes the same elements.
 */
import type { Mark } from "../src/site/marks.js";
import type { PackageCard as Card } from "../src/site/package-card.js";
import { Breakable } from "./package/breakable.js";
import { PackageIcon } from "./package-icon.js";

export interface PackageListProps {
  readonly cards: readonly Card[];
  /** Several side by side where there is room, rather than one below the other. */
  readonly isGrid?: boolean;
}

export function PackageList({ cards, isGrid = false }: PackageListProps) {
  return (
    <ol class={isGrid ? "package-list package-list--grid" : "package-list"}>
      {cards.map((card) => (
        <PackageCard card={card} />
      ))}
    </ol>
  );
}

export function PackageCard({ card }: { readonly card: Card }) {
  const { href, id, version, marks, description, authors, icon, published } = card;
  return (
    <li class="package-card">
      <PackageIcon icon={icon} id={id} />
      <div class="package-card__text">
        <h3 class="package-card__title">
          <a href={href}>
            <Breakable text={id} />
          </a>{" "}
          <span class="version">{version}</span>
          <Marks marks={marks} />
        </h3>
        {description !== undefined && (
          <p class="package-card__description" dir="auto">
            {description}
          </p>
        )}
        <p class="package-card__meta">
          {published !== undefined && <time datetime={published}>{published}</time>}
          {authors !== undefined && <bdi>{authors}</bdi>}
        </p>
      </div>
    </li>
  );
}

export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return (
    <>
      {marks.map(({ kind, text }) => (
        <>
          {" "}
          <span class={`mark mark--${kind}`}>{text}</span>
        </>
      ))}
    </>
  );
}
