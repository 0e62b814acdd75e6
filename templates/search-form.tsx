/**
 * The search box. Without a script it leads to the search page, which says where the lists are.
 */

export function SearchForm({ root }: { readonly root: string }) {
  return (
    <form class="search" role="search" action={`${root}search/`}>
      <label class="visually-hidden" for="q">
        Search packages
      </label>
      <input
        id="q"
        name="q"
        type="search"
        placeholder="Search packages"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
      <button class="search__go" type="submit" aria-label="Search">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8" />
          <path d="m13 13 4.5 4.5" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
        </svg>
      </button>
    </form>
  );
}
