import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import {
  bytesOf,
  copyOf,
  edit,
  flip,
  makeFeed,
  pathsOf,
  replace,
  told,
  truncate,
} from "../support/damaged-feed.js";
import { buildPackage } from "../support/package-builder.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const folder = "v3/flat/contoso.core/1.0.0/";
const nupkg = `${folder}contoso.core.1.0.0.nupkg`;
const nuspec = `${folder}contoso.core.nuspec`;
const readme = `${folder}readme`;

async function assetOf(store: Store, extension: string): Promise<string> {
  const path = (await pathsOf(store)).find(
    (path) => path.startsWith("v3/assets/") && path.endsWith(extension),
  );
  if (path === undefined) throw new Error(`no asset ${extension}`);
  return path;
}

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  readonly findings: readonly string[];
}

const mendable: readonly Damage[] = [
  {
    what: "a nuspec is gone",
    damage: (store) => store.delete(nuspec),
    findings: [`content-missing ${nuspec}`],
  },
  {
    what: "a nuspec is another than inside the package",
    damage: (store) => edit(store, nuspec, (xml) => xml.replace("Contoso", "Fabrikam")),
    findings: [`content-differs ${nuspec}`],
  },
  {
    what: "a readme is gone",
    damage: (store) => store.delete(readme),
    findings: [`content-missing ${readme}`],
  },
  {
    what: "a readme is a page of some proxy",
    damage: (store) => replace(store, readme, "<html>"),
    findings: [`content-differs ${readme}`],
  },
];

describe("verification finds, and a repair mends:", () => {
  test.for(mendable)("$what", async ({ damage, findings }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    expect(await told(store)).toEqual(findings);
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("an asset that several ids share is gone", async () => {
    const store = await copyOf(feed.store);
    const icon = await assetOf(store, ".png");
    await store.delete(icon);
    expect(await told(store)).toEqual([`content-missing ${icon}`]);
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("a licence file has a flipped bit", async () => {
    const store = await copyOf(feed.store);
    const license = await assetOf(store, ".txt");
    await flip(store, license, 3);
    expect(await told(store)).toEqual([`content-differs ${license}`]);
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("hashes of a folder feed are gone or wrong", async () => {
    await using feed = await makePackages(
      { id: "Contoso.Core", version: "1.0.0" },
      { id: "Contoso.Core", version: "1.1.0" },
    );
    await feed.build({ settings: { ...settings, folderFeed: true } });
    const before = await feed.tree();
    const hashes = ["1.0.0", "1.1.0"].map(
      (version) => `v3/flat/contoso.core/${version}/contoso.core.${version}.nupkg.sha512`,
    );
    const [first = "", second = ""] = hashes;
    await feed.store.delete(first);
    await replace(feed.store, second, "AAAA");
    expect(await told(feed.store)).toEqual([`content-missing ${first}`, `content-differs ${second}`]);
    expect(await told(feed.store, { repair: true })).toEqual([]);
    expect(await feed.tree()).toEqual(before);
  });
});

const unmendable: readonly Damage[] = [
  { what: "is gone", damage: (store) => store.delete(nupkg), findings: [`package-missing ${nupkg}`] },
  {
    what: "is cut short",
    damage: (store) => truncate(store, nupkg, 100),
    findings: [`package-differs ${nupkg}`],
  },
  {
    what: "has a flipped bit",
    damage: (store) => flip(store, nupkg, 50),
    findings: [`package-differs ${nupkg}`],
  },
  {
    what: "is another package",
    damage: (store) => store.put(nupkg, buildPackage({ id: "Contoso.Core", version: "1.0.0" })),
    findings: [`package-differs ${nupkg}`],
  },
];

describe("a package of a folder", () => {
  test.for(unmendable)("that $what stays found, until a build puts it back", async ({ damage, findings }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    expect(await told(store)).toEqual(findings);
    expect(await told(store, { repair: true })).toEqual(findings);
    expect(await told(store, { repair: true })).toEqual(findings);
    await feed.build({}, store);
    expect(await told(store)).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("that is gone takes nothing with it that was made from it", async () => {
    const store = await copyOf(feed.store);
    await store.delete(nupkg);
    await store.delete(nuspec);
    await store.delete("v3/registration/contoso.core/1.0.0.json");
    expect(await told(store, { repair: true })).toEqual([
      `package-missing ${nupkg}`,
      `content-missing ${nuspec}`,
    ]);
    expect(await bytesOf(store, readme)).toEqual(await bytesOf(feed.store, readme));
  });
});

describe("--quick", () => {
  test("finds packages of another size, but hashes none", async () => {
    const store = await copyOf(feed.store);
    await flip(store, nupkg, 50);
    await truncate(store, "v3/flat/contoso.many/1.5.0/contoso.many.1.5.0.nupkg", 100);
    await edit(store, nuspec, (xml) => xml.replace("Contoso", "Fabrikam"));
    const { findings, counts } = await verifyStore(store, { quick: true });
    expect(findings).toMatchObject([
      {
        kind: "package-differs",
        id: "contoso.many",
        reason: expect.stringMatching(/^has 100 bytes instead of \d+$/),
      },
      { kind: "content-differs", path: nuspec },
    ]);
    expect(counts.bytes).toBe(0);
  });
});

test("a package larger than is held in memory is hashed as a stream", async () => {
  // Bytes that do not deflate.
  let random = 1;
  const content = new Uint8Array(1_500_000).map(() => (random = (random * 48_271) % 2_147_483_647) >> 8);
  const files = { "lib/net8.0/big.dll": content };
  await using feed = await makePackages({ id: "Contoso.Big", version: "1.0.0", files });
  await feed.build();
  const path = "v3/flat/contoso.big/1.0.0/contoso.big.1.0.0.nupkg";
  const { size = 0 } = (await feed.store.stat(path)) ?? {};
  expect(size).toBeGreaterThan(1_100_000);
  expect(await verifyStore(feed.store)).toMatchObject({ findings: [], counts: { bytes: size } });
  await flip(feed.store, path, size - 500);
  expect(await told(feed.store)).toEqual([`package-differs ${path}`]);
});
