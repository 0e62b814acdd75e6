/**
 * Several ways to the same end, of which a reader needs one. Without a script all of them show one below the other, each
 * with its heading; `client/tabs.ts` makes tabs of them.
 */
import type { Child } from "hono/jsx";

export interface Tab {
  /** Letters, digits and hyphens; what is remembered of a choice. */
  readonly key: string;
  readonly label: string;
  readonly content: Child;
}

export interface TabsProps {
  /** Unique on the page, and equal on all pages where a choice should hold. */
  readonly name: string;
  /** What the choice is about. */
  readonly label: string;
  /** At least one. */
  readonly tabs: readonly Tab[];
  /** The key of the tab that is open at first; by default that of the first. */
  readonly selected?: string;
}

export function Tabs({ name, label, tabs, selected = tabs[0]?.key }: TabsProps) {
  return (
    <div class="tabs" data-tabs={name}>
      <div class="tabs__list" role="tablist" aria-label={label}>
        {tabs.map(({ key, label }) => (
          <button
            class="tabs__tab"
            type="button"
            role="tab"
            id={`${name}-tab-${key}`}
            data-key={key}
            aria-controls={`${name}-${key}`}
            aria-selected={key === selected ? "true" : "false"}
            tabindex={key === selected ? 0 : -1}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(({ key, label, content }) => (
        <section
          class={key === selected ? "tabs__panel tabs__panel--open" : "tabs__panel"}
          id={`${name}-${key}`}
        >
          <h3 class="tabs__title">{label}</h3>
          {content}
        </section>
      ))}
    </div>
  );
}
