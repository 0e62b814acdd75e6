/**
 * The search page. Filters, status and results are the script's; without one it says where the lists are.
 */
import type { FilterChoice, SearchPage } from "../src/site/search-page.js";
import { Layout } from "./layout.js";
import { renderDocument } from "./render.js";
import { SearchForm } from "./search-form.js";

export function renderSearchPage(page: SearchPage): string {
  return renderDocument(<Search page={page} />);
}

function Search({ page: { frame, packageTypes, frameworks, listsHref } }: { readonly page: SearchPage }) {
  return (
    <Layout frame={frame} title="Search" page="search" hasOwnSearch>
      <h1>Search</h1>
      <SearchForm root={frame.root} />
      <form id="filters" class="filters" aria-label="Filters">
        <Choice name="packageType" label="Type" any="Any type" choices={packageTypes} />
        <Choice name="framework" label="Works with" any="Any framework" choices={frameworks} />
        <label class="filters__check">
          <input type="checkbox" name="prerelease" />
          Prereleases
        </label>
      </form>
      <noscript>
        <p class="notice">
          Search needs JavaScript. <a href={listsHref}>The lists of all packages</a> work without it.
        </p>
      </noscript>
      <h2 class="visually-hidden">Results</h2>
      <p id="search-status" class="search-status" role="status"></p>
      <ol id="search-results" class="package-list"></ol>
    </Layout>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** The choice that filters nothing. */
  readonly any: string;
  readonly choices: readonly FilterChoice[];
}

function Choice({ name, label, any, choices }: ChoiceProps) {
  return (
    <label class="filters__choice">
      <span>{label}</span>
      <select name={name}>
        <option value="">{any}</option>
        {choices.map(({ value, text }) => (
          <option value={value}>{text}</option>
        ))}
      </select>
    </label>
  );
}
