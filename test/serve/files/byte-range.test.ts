import { expect, test } from "vitest";
import { requestedRange } from "../../../src/serve/files/byte-range.js";

const tag = '"etag"';

function ask(range: string, size: number, ifRange?: string): unknown {
  return requestedRange(new Headers({ Range: range, ...(ifRange && { "If-Range": ifRange }) }), size, tag);
}

test.each([
  ["bytes=0-0", 0, 1],
  ["bytes=0-9", 0, 10],
  ["bytes=3-5", 3, 3],
  ["bytes=3-", 3, 7],
  ["bytes=8-99", 8, 2],
  ["bytes=-4", 6, 4],
  ["bytes=-99", 0, 10],
  ["BYTES=9-", 9, 1],
])("%s of ten bytes is %i+%i", (range, offset, length) => {
  expect(ask(range, 10)).toEqual({ kind: "part", range: { offset, length } });
});

test.each(["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-"])(
  "%s of ten bytes cannot be satisfied",
  (range) => expect(ask(range, 10)).toEqual({ kind: "unsatisfiable" }),
);

test("no range of an empty file can be satisfied", () => {
  expect(ask("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
  expect(ask("bytes=-1", 0)).toEqual({ kind: "unsatisfiable" });
});

test.each([
  "",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=5-3",
  "bytes=0-1,3-4",
  "items=0-1",
  "bytes=a-b",
  "bytes=-1-2",
])("%j is ignored", (range) => expect(ask(range, 10)).toEqual({ kind: "whole" }));

test.each([
  [tag, "part"],
  ['"other"', "whole"],
  [`W/${tag}`, "whole"],
  ["Wed, 21 Oct 2015 07:28:00 GMT", "whole"],
])("If-Range %s gives the %s", (ifRange, kind) => {
  expect(ask("bytes=0-1", 10, ifRange)).toMatchObject({ kind });
});
