/**
 * A rendered readme. The script of a package's page takes this element out of the readme's own page.
 */
import { raw } from "hono/html";
import type { RenderedReadme } from "../../src/site/readme/render-readme.js";

export function Readme({ readme: { html, isCut } }: { readonly readme: RenderedReadme }) {
  return (
    <article class="readme">
      {raw(html)}
      {isCut && <p class="cut">The readme is longer than this page shows: the package has all of it.</p>}
    </article>
  );
}
