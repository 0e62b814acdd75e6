import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import {
  bytesOf,
  copyOf,
  edit,
  flip,
  partitionPathOf,
  pathsOf,
  replace,
  told,
  truncate,
} from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";
import { makeSiteFeed, makeSitePackages } from "../support/site-feed.js";

let feed: PackagesFixture;
let readme: string;
let license: string;

beforeAll(async () => {
  feed = await makeSiteFeed();
  const paths = await pathsOf(feed.store);
  readme = paths.find((path) => path.startsWith("packages/contoso.core/readme/")) ?? "";
  license = paths.find((path) => path.startsWith("packages/contoso.core/license/")) ?? "";
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const page = "packages/contoso.core/index.html";
const core = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";
const text = "v3/flat/contoso.text/1.0.0/contoso.text.1.0.0.nupkg";
const lines = "feed-state/lists/packages.jsonl";

async function expectMended(store: Store): Promise<void> {
  expect(await told(store, { repair: true })).toEqual([]);
  expect(await feed.tree(store)).toEqual(await feed.tree());
}

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  /** `kind path`, in the order in which they are told. */
  readonly findings: () => readonly string[];
  /** With `--quick`; the same where there are none. */
  readonly quick?: () => readonly string[];
}

const gone = (path: () => string): Damage => ({
  what: "a file",
  damage: (store) => store.delete(path()),
  findings: () => [`document-missing ${path()}`],
});

/** What is made from packages is rendered to be compared, so a quick look does not see it. */
const pages: readonly Damage[] = [
  { ...gone(() => page), what: "the page of an id is gone" },
  { ...gone(() => readme), what: "the page of a readme is gone" },
  { ...gone(() => license), what: "the page of a licence is gone" },
  {
    what: "the page of an id was changed",
    damage: (store) => edit(store, page, (html) => html.replace("</body>", "<p>mine</p></body>")),
    findings: () => [`document-differs ${page}`],
    quick: () => [],
  },
  {
    what: "the page of a readme is cut short",
    damage: (store) => truncate(store, readme, 100),
    findings: () => [`document-differs ${readme}`],
    quick: () => [],
  },
  {
    what: "the page of a licence is empty",
    damage: (store) => truncate(store, license, 0),
    findings: () => [`document-differs ${license}`],
    quick: () => [`document-damaged ${license}`],
  },
];

const documents: readonly Damage[] = [
  ...[
    "packages/contoso.core/versions.json",
    "packages/contoso.core/atom.xml",
    "badges/contoso.old.svg",
    "badges/pre/contoso.core.json",
    "index.html",
    "404.html",
    "search/index.html",
    "packages/index.html",
    "atom.xml",
    "sitemap.xml",
    "robots.txt",
    "site/site.css",
    "site/custom.css",
    "site/favicon.svg",
    "site/used-by/index.json",
    "site/used-by/0/0.json",
  ].map((path) => ({ ...gone(() => path), what: `${path} is gone` })),
  {
    what: "the versions of an id are no JSON",
    damage: (store) => truncate(store, "packages/contoso.text/versions.json", 30),
    findings: () => ["document-damaged packages/contoso.text/versions.json"],
  },
  {
    what: "the home page has a flipped bit",
    damage: (store) => flip(store, "index.html", 40),
    findings: () => ["document-differs index.html"],
  },
  {
    what: "a dependent is left out",
    damage: (store) => edit(store, "site/used-by/0/0.json", (json) => json.replace('"Contoso.Text"', "")),
    findings: () => ["document-differs site/used-by/0/0.json"],
  },
  {
    what: "the lines of the packages are gone",
    damage: (store) => store.delete(lines),
    findings: () => [`state-outdated ${lines}`],
  },
  {
    what: "a line of a package tells something else",
    damage: (store) => edit(store, lines, (jsonl) => jsonl.replace("Contoso.Text", "Contoso.Test")),
    findings: () => [`state-outdated ${lines}`],
  },
];

test("a feed with a site that was built has nothing wrong", async () => {
  const { findings, counts } = await verifyStore(feed.store);
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ ids: 3, versions: 4 });
  expect(await told(feed.store, { quick: true })).toEqual([]);
});

describe("verification finds, and a repair mends:", () => {
  test.for([...pages, ...documents])("$what", async ({ damage, findings, quick }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    expect(await told(store)).toEqual(findings());
    expect(await told(store, { quick: true })).toEqual((quick ?? findings)());
    await expectMended(store);
  });

  test("the state says that a page was made from something else", async () => {
    const store = await copyOf(feed.store);
    await edit(store, partitionPathOf("contoso.core"), (line) =>
      line.replace(new RegExp(`"${page}":"[0-9a-f]`), `"${page}":"x`),
    );
    const found = ["state-outdated feed-state/index.json", `output-misrecorded ${page}`];
    expect(await told(store, { quick: true })).toEqual(found);
    await expectMended(store);
  });

  test.for(["contoso.core", "contoso.old"])("the records of %s are lost", async (id) => {
    const store = await copyOf(feed.store);
    await truncate(store, partitionPathOf(id), 40);
    await store.delete(`packages/${id}/index.html`);
    await store.delete("index.html");
    const found = await told(store);
    expect(found).toContain(`state-damaged ${partitionPathOf(id)}`);
    expect(found.filter((finding) => finding.startsWith("file-extra"))).toEqual([]);
    await expectMended(store);
  });

  test("everything of the state is lost but the settings", async () => {
    const store = await copyOf(feed.store);
    for (const path of await pathsOf(store))
      if (path.startsWith("feed-state/") && path !== "feed-state/feed.json") await store.delete(path);
    expect((await told(store)).filter((finding) => !finding.startsWith("state-"))).toEqual([]);
    await expectMended(store);
  });

  test("the index is lost, and documents of the site are wrong", async () => {
    const store = await copyOf(feed.store);
    await store.delete("feed-state/index.json");
    await replace(store, "index.html", "gone");
    await store.delete("packages/index.html");
    expect(await told(store)).toEqual([
      "state-missing feed-state/index.json",
      "document-missing packages/index.html",
      "document-differs index.html",
    ]);
    await expectMended(store);
  });
});

test("the settings of a site of which its owner said nothing are found out when they are lost", async () => {
  await using plain = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
  await plain.build({ settings: { ...settings, site: {} } });
  const tree = await plain.tree();
  await plain.store.delete("feed-state/feed.json");
  await plain.store.delete("index.html");
  expect(await told(plain.store, { repair: true })).toEqual([]);
  expect(await plain.tree()).toEqual(tree);
});

describe("a package that is gone", () => {
  test("leaves its pages as they are", async () => {
    const store = await copyOf(feed.store);
    await store.delete(text);
    expect(await told(store)).toEqual([`package-missing ${text}`]);
    expect(await told(store, { repair: true })).toEqual([`package-missing ${text}`]);
    expect(await bytesOf(store, "packages/contoso.text/index.html")).toBeDefined();
    await feed.build({}, store);
    expect(await told(store)).toEqual([]);
  });

  test("takes pages with it that are gone as well, until a build puts them back", async () => {
    const store = await copyOf(feed.store);
    await store.delete(core);
    await store.delete(page);
    await store.delete(license);
    const found = [`document-missing ${page}`, `document-missing ${license}`].sort();
    for (const options of [{}, { repair: true }, { repair: true }])
      expect(await told(store, options)).toEqual([...found, `package-missing ${core}`]);
    await feed.build({}, store);
    expect(await told(store)).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("keeps no other page from being mended", async () => {
    const store = await copyOf(feed.store);
    await store.delete(text);
    await store.delete("packages/contoso.text/versions.json");
    await store.delete(page);
    expect(await told(store, { repair: true })).toEqual([`package-missing ${text}`]);
  });

  test("and was pushed does not keep builds from going on", async () => {
    await using feed = await makeSitePackages({ id: "A", version: "1.0.0" }, { id: "B", version: "1.0.0" });
    await feed.build();
    await edit(feed.store, partitionPathOf("b"), (line) =>
      line.replace(/"folder:packages":\[[^\]]*\]/, '"pushed":[]'),
    );
    await feed.remove("B.1.0.0.nupkg");
    const lost = ["packages/b/index.html", "v3/flat/b/1.0.0/b.1.0.0.nupkg"];
    for (const path of lost) await feed.store.delete(path);
    const left = lost.map((path) => expect.stringContaining(path));
    expect(await told(feed.store, { repair: true })).toEqual(left);
    await feed.add({ id: "C", version: "1.0.0" });
    await feed.build();
    expect(await told(feed.store)).toEqual(left);
  });
});

describe("files of others", () => {
  const extras = [
    "packages/notes.txt",
    "packages/contoso.core/index.htm",
    "packages/fabrikam/index.html",
    "packages/contoso.core/readme/0123.html",
    "all/x-/index.html",
    "badges/fabrikam.svg",
    "badges/build.png",
    "site/logo.png",
    "site/used-by/1/0.json",
  ];

  test.for(extras)("in the folders of the site are told and never deleted: %s", async (path) => {
    const store = await copyOf(feed.store);
    await replace(store, path, "x");
    expect(await told(store)).toEqual([`file-extra ${path}`]);
    expect(await told(store, { repair: true })).toEqual([`file-extra ${path}`]);
    expect(await bytesOf(store, path)).toEqual(new TextEncoder().encode("x"));
  });

  test.for(["about.html", "docs/index.html", "search/notes.txt", "sitemap-notes.xml"])(
    "elsewhere are nobody's business: %s",
    async (path) => {
      const store = await copyOf(feed.store);
      await replace(store, path, "x");
      expect(await told(store)).toEqual([]);
    },
  );

  test("are never replaced, where a page is to be written", async () => {
    const store = await copyOf(feed.store);
    await edit(store, partitionPathOf("contoso.core"), (line) => line.replace(`"${page}":`, `"${page}l":`));
    await replace(store, page, "mine");
    expect(await told(store)).toContain(`file-foreign ${page}`);
    expect(await told(store, { quick: true })).toContain(`file-foreign ${page}`);
    expect(await told(store, { repair: true })).toContain(`file-foreign ${page}`);
    expect(new TextDecoder().decode(await bytesOf(store, page))).toBe("mine");
  });

  test("stay theirs in a feed without a site, whatever is lost of it", async () => {
    await using plain = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    const own = [
      "index.html",
      "packages/contoso.core/index.html",
      "badges/contoso.core.svg",
      "all/c-/index.html",
    ];
    for (const path of own) await replace(plain.store, path, "mine");
    await plain.build();
    expect(await told(plain.store)).toEqual([]);
    await plain.store.delete("feed-state/index.json");
    await truncate(plain.store, partitionPathOf("contoso.core"), 40);
    expect(await told(plain.store, { repair: true })).toEqual([]);
    for (const path of own)
      expect(await bytesOf(plain.store, path)).toEqual(new TextEncoder().encode("mine"));
  });
});

test("a quick look renders nothing, and so needs no package", async () => {
  const store = await copyOf(feed.store);
  const reads: string[] = [];
  const read: Store["read"] = async (path, options) => (reads.push(path), await store.read(path, options));
  await verifyStore({ ...store, read }, { quick: true });
  expect(reads.filter((path) => path.endsWith(".nupkg"))).toEqual([]);
});
