/**
 * The page of a readme.
 */
import type { ReadmePage as Page } from "../../src/site/package/readme-page.js";
import { Layout } from "../layout.js";
import { renderDocument } from "../render.js";
import { Breakable } from "./breakable.js";
import { Readme } from "./readme.js";

export function renderReadmePage(page: Page): string {
  return renderDocument(<ReadmePage page={page} />);
}

/** Readers find it by the package's page, so search engines are sent there. */
function ReadmePage({ page: { frame, id, packageHref, readme } }: { readonly page: Page }) {
  const head = frame.isPrivate ? undefined : <meta name="robots" content="noindex" />;
  return (
    <Layout frame={frame} title={`Readme of ${id}`} page="readme" head={head}>
      <h1>
        Readme of{" "}
        <a href={packageHref}>
          <Breakable text={id} />
        </a>
      </h1>
      <h2 class="visually-hidden">Readme</h2>
      <Readme readme={readme} />
    </Layout>
  );
}
