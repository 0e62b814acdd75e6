/**
 * Images are known by their first bytes.
 */
import { expect, test } from "vitest";
import { imageType } from "../../src/nuget/image-type.js";
import { utf8 } from "../support/zip-builder.js";

test.for([
  [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), "png"],
  [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), "jpeg"],
  [utf8("GIF89a..."), "gif"],
  [utf8("GIF87a..."), "gif"],
  [utf8("RIFF\x01\x02\x03\x04WEBPVP8 "), "webp"],
  [utf8("RIFF\x01\x02\x03\x04WAVE"), undefined],
  [utf8("<svg xmlns='http://www.w3.org/2000/svg'/>"), undefined],
  [utf8("PNG"), undefined],
  [new Uint8Array(), undefined],
] as const)("bytes %o are %s", ([bytes, type]) => {
  expect(imageType(bytes)).toBe(type);
});
