import { describe, expect, it } from "vitest";
import { jsonDocument } from "../../src/feed/document.js";
import { renderHostFiles } from "../../src/feed/host-files.js";
import { encodeJson } from "../../src/feed/json.js";
import { SERVICE_INDEX } from "../../src/feed/urls.js";

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
    const [noJekyll, notFound] = renderHostFiles();
    expect(noJekyll).toMatchObject({ path: ".nojekyll", body: new Uint8Array() });
    expect(notFound).toMatchObject({ path: "404.html", contentType: "text/html" });
    expect(textOf(notFound?.body)).toMatch(/^<!doctype html>\n<html lang="en">[^]*Not found[^]*<\/html>\n$/);
  });
});
