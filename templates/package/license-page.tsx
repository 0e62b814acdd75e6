/**
 * The page of an embedded licence file.
 */
import type { LicensePage as Page } from "../../src/site/package/license-page.js";
import { Layout } from "../layout.js";
import { renderDocument } from "../render.js";
import { Breakable } from "./breakable.js";

export function renderLicensePage(page: Page): string {
  return renderDocument(<LicensePage page={page} />);
}

function LicensePage({ page: { frame, id, packageHref, text, fileHref } }: { readonly page: Page }) {
  return (
    <Layout frame={frame} title={`Licence of ${id}`} page="license">
      <h1>
        Licence of{" "}
        <a href={packageHref}>
          <Breakable text={id} />
        </a>
      </h1>
      <p>
        <a href={fileHref}>The file itself</a>
      </p>
      <pre class="license-text" dir="auto" tabindex={0}>
        {text.text}
      </pre>
      {text.isCut && <p class="cut">The file is longer than this page shows.</p>}
    </Layout>
  );
}
