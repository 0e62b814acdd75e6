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
        spellcheck={false}
      />
    </form>
  );
}
