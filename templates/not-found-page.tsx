/**
 * The page for what is not there. The script reads the address and names the package that was looked for.
 */
import type { NotFoundPage } from "../src/site/not-found-page.js";
import { Layout } from "./layout.js";
import { renderDocument } from "./render.js";
import { SearchForm } from "./search-form.js";

export function renderNotFoundPage(page: NotFoundPage): string {
  return renderDocument(<NotFound page={page} />);
}

function NotFound({ page: { frame, listsHref } }: { readonly page: NotFoundPage }) {
  return (
    <Layout frame={frame} title="Not found" page="not-found" hasOwnSearch>
      <p class="eyebrow">404</p>
      <h1 id="not-found-title">There is nothing here</h1>
      <p id="not-found-text" class="lead">
        This feed has no page and no package at this address. A package that others depend on may come from
        another feed.
      </p>
      <SearchForm root={frame.root} />
      <p>
        <a href={listsHref}>See all packages</a> or <a href={frame.root}>go to the start</a>.
      </p>
    </Layout>
  );
}
