/**
 * The page of a package id.
 */
import type { Child } from "hono/jsx";
import { clipText } from "../../src/site/clip-text.js";
import { groupDigits } from "../../src/site/counted.js";
import type { PackagePage as Page } from "../../src/site/package/package-page.js";
import { JsonLd } from "../json-ld.js";
import { Layout } from "../layout.js";
import { renderDocument } from "../render.js";
import { Files } from "./files.js";
import { Readme } from "./readme.js";
import { versionParts } from "./version-parts.js";
import { Versions } from "./versions.js";

export function renderPackagePage(page: Page): string {
  return renderDocument(<PackagePage page={page} />);
}

function PackagePage({ page }: { readonly page: Page }) {
  const { frame, key, shown, versionsHref } = page;
  const description = shown.description && clipText(shown.description.text, 200);
  return (
    <Layout
      frame={frame}
      title={shown.id}
      page="package"
      head={<Head page={page} />}
      {...(description !== undefined && { description })}
      {...(shown.icon !== undefined && { image: shown.icon })}
    >
      <div
        class="package"
        data-package={key}
        data-shown={shown.lower}
        data-source={frame.source}
        data-versions={versionsHref}
      >
        <div data-part="heading">{versionParts.heading(shown)}</div>
        <div class="package__body">
          <div class="package__main">
            <section class="install" aria-labelledby="install">
              <h2 id="install">Install</h2>
              <div data-part="install">{versionParts.install(shown, frame.root)}</div>
            </section>
            <Sections page={page} />
          </div>
          <aside class="about" aria-label="About this version" data-part="about">
            {versionParts.about(shown)}
          </aside>
        </div>
      </div>
    </Layout>
  );
}

function Head({ page: { atom, shown, data } }: { readonly page: Page }) {
  return (
    <>
      {atom !== undefined && (
        <link rel="alternate" type="application/atom+xml" href={atom} title={`Versions of ${shown.id}`} />
      )}
      <JsonLd value={data} />
    </>
  );
}

interface Section {
  readonly key: string;
  readonly title: string;
  readonly count?: number;
  readonly content: Child;
  /** Filled by the script. */
  readonly isHidden?: boolean;
}

/** Without a script all sections show, and the links lead to them; with it one shows at a time. */
function Sections({ page }: { readonly page: Page }) {
  const sections = sectionsOf(page);
  const open = page.readme === undefined ? "dependencies" : "readme";
  return (
    <>
      <nav class="section-nav" aria-label="About this package">
        <ul>
          {sections.map(({ key, title, count, isHidden = false }) => (
            <li hidden={isHidden}>
              <a href={`#${key}`} data-section={key} aria-current={key === open ? "true" : undefined}>
                {title}
                {count !== undefined && <span class="section-nav__count"> {groupDigits(count)}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {sections.map(({ key, title, content, isHidden = false }) => (
        <section
          class={key === open ? "package-section package-section--open" : "package-section"}
          id={key}
          aria-labelledby={`${key}-title`}
          hidden={isHidden}
        >
          <h2 id={`${key}-title`}>{title}</h2>
          {content}
        </section>
      ))}
    </>
  );
}

function sectionsOf(page: Page): Section[] {
  const { shown, frame, readme, files, versions, groups, moreVersions, versionsHref } = page;
  const part = (name: keyof typeof versionParts) => (
    <div data-part={name}>{versionParts[name](shown, frame.root)}</div>
  );
  return [
    {
      key: "readme",
      title: "Readme",
      content: (
        <div data-readme>
          {readme === undefined ? <p>This version has no readme.</p> : <Readme readme={readme} />}
        </div>
      ),
    },
    { key: "dependencies", title: "Dependencies", content: part("dependencies") },
    { key: "frameworks", title: "Frameworks", content: part("frameworks") },
    {
      key: "versions",
      title: "Versions",
      count: versions,
      content: <Versions {...{ groups, versions, moreVersions, versionsHref }} />,
    },
    { key: "release-notes", title: "Release notes", content: part("release-notes") },
    { key: "files", title: "Files", content: <Files files={files} /> },
    // The last, so that nothing moves when the script finds some.
    { key: "used-by", title: "Used by", content: <div data-used-by></div>, isHidden: true },
  ];
}
