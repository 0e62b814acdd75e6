/**
 * The web site: every link of a page leads to a file, pages and ids fit each other, and no file lies around that nothing
 * leads to.
 */
import type { Inspection } from "./inspection.js";
import { listOf, property, textOf } from "./json.js";

const siteFolders = /^(?:packages|badges|all|site)\//;
const idPage = /^packages\/([^/]+)\/index\.html$/;
/** What stands around every page; it is made of all ids, so after the pages of each. */
const frame = /^(?:(?:index|404|search\/index|packages\/index)\.html|atom\.xml|robots\.txt|site\/.*)$/;

/** Checks a site that is complete; does nothing where there is none. */
export async function checkSite(feed: Inspection, ids: Iterable<string>): Promise<void> {
  if (!feed.has("site/site.css")) return;
  for (const path of linkingFiles(feed)) {
    for (const target of await linksOfFile(feed, path)) {
      feed.reach(target);
      // A dependency may live on another feed; 404.html says so.
      const mayLack = path.startsWith("packages/") && idPage.test(target);
      if (!mayLack) feed.expect(feed.has(target), path, `points to ${target}, which is not there`);
    }
  }
  for (const id of ids) await checkId(feed, id);
  await checkUsedBy(feed);
  await checkScripts(feed);
  for (const path of feed.paths().filter((path) => siteFolders.test(path))) {
    feed.expect(feed.wasReached(path), path, "is extra: nothing of the site leads to it");
    feed.expect(path === path.toLowerCase(), path, "is not in lower case");
  }
}

/**
 * Checks what must hold at any moment: what a page points to is there, but for what is made after it. So a page of an id
 * may lead to a page of another or to those of the whole site before they are there, but never to a file of its own.
 */
export async function checkSiteLinks(feed: Inspection): Promise<void> {
  for (const path of linkingFiles(feed)) {
    const isOfId = path.startsWith("packages/") && path !== "packages/index.html";
    for (const target of await linksOfFile(feed, path)) {
      if (frame.test(target) || (isOfId && idPage.test(target))) continue;
      feed.expect(feed.has(target), path, `points to ${target}, which is not there`);
    }
  }
}

function linkingFiles(feed: Inspection): string[] {
  return feed.paths().filter((path) => !path.startsWith("v3/") && /\.(?:html|xml)$/.test(path));
}

/** Paths of files that a page or a list of addresses leads to. */
async function linksOfFile(feed: Inspection, path: string): Promise<Set<string>> {
  const text = new TextDecoder().decode(await feed.readBytes(path));
  const links = [...text.matchAll(/\s(?:href|src|data-versions)="([^"]*)"|<loc>([^<]*)<\/loc>/g)];
  const targets = new Set<string>();
  for (const [, attribute, element = ""] of links) {
    const url = new URL(unescape(attribute ?? element), feed.baseUrl + encodeURI(path));
    const target = feed.pathOf(url.href);
    if (target !== undefined) targets.add(/(?:^|\/)$/.test(target) ? `${target}index.html` : target);
  }
  return targets;
}

function unescape(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

/** The page of an id, and what its script finds by the versions that it holds. */
async function checkId(feed: Inspection, id: string): Promise<void> {
  const folder = `packages/${id === "index.html" ? "index.html-" : id}/`;
  const page = `${folder}index.html`;
  feed.expect(feed.has(page), page, "is not there, but its id is");
  feed.reach(page);
  const path = `${folder}versions.json`;
  for (const version of listOf(await feed.peekJson(path), "versions")) {
    const license = textOf(property(version, "license"), "digest");
    const readme = textOf(version, "readme");
    const icon = textOf(version, "icon");
    const targets = [
      ...(license === "" ? [] : [`${folder}license/${license}.html`]),
      ...(readme === "" ? [] : [`${folder}readme/${readme}.html`]),
      ...(icon.startsWith("v3/") ? [icon] : []),
    ];
    for (const target of targets) {
      feed.reach(target);
      feed.expect(feed.has(target), path, `names ${target}, which is not there`);
    }
  }
  for (const badge of [`badges/${id}.svg`, `badges/${id}.json`]) {
    feed.reach(badge);
    feed.reach(badge.replace("badges/", "badges/pre/"));
  }
}

async function checkUsedBy(feed: Inspection): Promise<void> {
  const index = "site/used-by/index.json";
  feed.reach(index);
  const bits = Number(property(await feed.readJson(index), "bits"));
  for (let n = 0; n < 2 ** bits; n++) {
    const shard = `site/used-by/${bits}/${n}.json`;
    feed.reach(shard);
    await feed.readJson(shard);
  }
}

/** Scripts that another script loads. */
async function checkScripts(feed: Inspection): Promise<void> {
  const text = new TextDecoder().decode(await feed.readBytes("site/site.js"));
  for (const [name] of text.matchAll(/[a-z-]+\.js(?=")/g)) {
    const script = `site/${name}`;
    feed.reach(script);
    feed.expect(feed.has(script), "site/site.js", `names ${script}, which is not there`);
  }
}
