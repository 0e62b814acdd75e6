/**
 * The home page.
 */
import type { AddFeedStep, AddFeedWay } from "../src/site/add-feed.js";
import { counted } from "../src/site/counted.js";
import type { HomePage } from "../src/site/home.js";
import { CodeBlock } from "./code-block.js";
import { JsonLd } from "./json-ld.js";
import { Layout } from "./layout.js";
import { PackageList } from "./package-card.js";
import { renderDocument } from "./render.js";
import { SearchForm } from "./search-form.js";
import { Tabs } from "./tabs.js";

export function renderHome(page: HomePage): string {
  return renderDocument(<Home page={page} />);
}

function Home({ page }: { readonly page: HomePage }) {
  const { frame } = page;
  const description = frame.description ?? `NuGet packages of ${frame.title}`;
  return (
    <Layout frame={frame} description={description} page="home" hasOwnSearch head={<SiteData page={page} />}>
      <div class="home-top">
        <Hero page={page} />
        <section class="add-feed" aria-labelledby="add-feed">
          <h2 id="add-feed">Add this feed</h2>
          <AddFeed ways={page.ways} />
        </section>
      </div>
      <Recent page={page} />
    </Layout>
  );
}

function Hero({ page }: { readonly page: HomePage }) {
  const { frame, packages, versions, listsHref } = page;
  return (
    <section class="hero">
      <h1 dir="auto">{frame.title}</h1>
      <p class="hero__lead" dir="auto">
        {frame.description ?? "NuGet packages, ready to restore from any client."}
      </p>
      <SearchForm root={frame.root} />
      <p class="hero__counts">
        <a href={listsHref}>{counted(packages, "package")}</a> in {counted(versions, "version")}
      </p>
    </section>
  );
}

function AddFeed({ ways }: { readonly ways: readonly AddFeedWay[] }) {
  const tabs = ways.map(({ key, label, steps }) => ({
    key,
    label,
    content: steps.map((step) => <Step step={step} />),
  }));
  return <Tabs name="add" label="Your client" tabs={tabs} />;
}

function Step({ step: { text, code, subject = "text" } }: { readonly step: AddFeedStep }) {
  return (
    <>
      <p>{text}</p>
      {code !== undefined && <CodeBlock code={code} subject={subject} />}
    </>
  );
}

function Recent({ page: { recent, listsHref } }: { readonly page: HomePage }) {
  if (recent.length === 0) return <p>This feed holds no packages yet.</p>;
  return (
    <section class="home-section" aria-labelledby="recent">
      <div class="section-head">
        <h2 id="recent">Recently published</h2>
        <a href={listsHref}>All packages</a>
      </div>
      <PackageList cards={recent} isGrid />
    </section>
  );
}

function SiteData({ page: { frame } }: { readonly page: HomePage }) {
  const { canonical: url, title: name, description } = frame;
  return <JsonLd value={{ "@type": "WebSite", url, name, description }} />;
}
