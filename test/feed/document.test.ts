import { describe, expect, it } from "vitest";
import { jsonDocument, rankOf } from "../../src/feed/document.js";
import { renderHostFiles } from "../../src/feed/host-files.js";
import { encodeJson } from "../../src/feed/json.js";
import { type FeedPath, SERVICE_INDEX } from "../../src/feed/urls.js";

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

describe("JSON documents", () => {
  it("are UTF-8 without byte order mark or white space, and leave out what is undefined", () => {
    expect(textOf(encodeJson({ b: "żółw", a: undefined, c: [1, true] }))).toBe('{"b":"żółw","c":[1,true]}');
  });

  it("know path, rank and media type", () => {
    expect(jsonDocument(SERVICE_INDEX, 5, {})).toMatchObject({
      path: "v3/index.json",
      rank: 5,
      contentType: "application/json",
    });
  });
});

describe("host files", () => {
  it("are an empty .nojekyll and a page for what is not found", () => {
    const [noJekyll, notFound] = renderHostFiles({});
    expect(noJekyll).toMatchObject({ path: ".nojekyll", body: new Uint8Array() });
    expect(notFound).toMatchObject({ path: "404.html", contentType: "text/html" });
    expect(textOf(notFound?.body)).toMatch(/^<!doctype html>\n<html lang="en">[^]*Not found[^]*<\/html>\n$/);
  });
});

describe("the rank of a path", () => {
  it.for([
    ["v3/flat/a/1.0.0/a.1.0.0.nupkg", 0],
    ["v3/flat/a/1.0.0/readme", 0],
    ["v3/assets/0a.png", 0],
    ["v3/registration/a/1.0.0.json", 1],
    ["v3/registration/a/page/1.0.0/2.0.0.json", 2],
    ["v3/registration/a/index.json", 3],
    ["v3/registration-semver1/a/index.json", 3],
    ["v3/flat/a/index.json", 3],
    ["v3/search/query.json", 4],
    ["v3/search/shards/0/0.json", 4],
    ["404.html", 4],
    ["packages/a/readme/0a.html", 1],
    ["packages/a/license/0a.html", 1],
    ["packages/a/versions.json", 2],
    ["packages/a/atom.xml", 2],
    ["badges/pre/a.svg", 2],
    ["packages/a/index.html", 3],
    ["packages/index.html", 4],
    ["site/used-by/0/0.json", 4],
    ["v3/index.json", 5],
  ] as const)("of %s is %i", ([path, rank]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: these are paths of a feed
    expect(rankOf(path as string as FeedPath)).toBe(rank);
  });
});
