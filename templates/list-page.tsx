/**
 * The lists of all packages. The one at the start is also where clients send people for the details of a package; the script
 * leads on from there.
 */
import type { ListLink, ListPage, ListRow } from "../src/site/list-page.js";
import { Layout } from "./layout.js";
import { Breakable } from "./package/breakable.js";
import { renderDocument } from "./render.js";

export function renderListPage(page: ListPage): string {
  return renderDocument(<List page={page} />);
}

function List({ page }: { readonly page: ListPage }) {
  const { frame, prefix, startHref, divisions, rows } = page;
  const title = prefix === "" ? "All packages" : `Packages: ${prefix}…`;
  return (
    <Layout frame={frame} title={title} page={prefix === "" ? "packages" : "list"}>
      {prefix !== "" && <Way startHref={startHref} prefix={prefix} />}
      <h1>{title}</h1>
      {divisions.length > 0 && <p class="lead">By the beginning of their ids</p>}
      {prefix === "" && <p id="details-status" class="notice" role="status" hidden></p>}
      {divisions.length > 0 && <Divisions divisions={divisions} />}
      {rows.length > 0 && <Rows rows={rows} />}
      {divisions.length + rows.length === 0 && <p>This feed holds no packages yet.</p>}
    </Layout>
  );
}

/** The lists between are left out: a list is not to change with those above it. */
function Way({ startHref, prefix }: Pick<ListPage, "startHref" | "prefix">) {
  return (
    <nav class="way" aria-label="Way to this list">
      <ol>
        <li>
          <a href={startHref}>All packages</a>
        </li>
        <li aria-current="page">{prefix}…</li>
      </ol>
    </nav>
  );
}

function Divisions({ divisions }: { readonly divisions: readonly ListLink[] }) {
  return (
    <nav aria-label="Lists by beginning">
      <ul class="divisions">
        {divisions.map(({ prefix, href }) => (
          <li>
            <a href={href}>
              {prefix.length === 1 ? prefix.toUpperCase() : prefix}
              <span class="visually-hidden">, packages that begin with it</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Rows({ rows }: { readonly rows: readonly ListRow[] }) {
  return (
    <ul class="id-list">
      {rows.map(({ id, href, description }) => (
        <li>
          <a href={href}>
            <Breakable text={id} />
          </a>
          {description !== undefined && (
            <span class="id-list__description" dir="auto">
              {description}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
