import { expect, test } from "vitest";
import { activeContent } from "./active-content.js";

test.each([
  "<script>alert(1)</script>",
  '<p onclick="x()">a</p>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="&#106;avascript:alert(1)">a</a>',
  '<a href=" java\nscript:alert(1)">a</a>',
  '<img src="data:image/svg+xml;base64,AA">',
  '<p style="color:red">a</p>',
  '<iframe src="https://a.example/"></iframe>',
  "<b>a</i>",
  "<p>a",
  "<p title=a>b</p>",
  '<script type="application/ld+json">{"a":"</script><b>"}</script>',
])("the tests find what is wrong with %s", (html) => {
  expect(activeContent(html)).not.toEqual([]);
});

test("the tests find nothing wrong with a plain page", () => {
  const html =
    '<!doctype html><html><head><script src="../site/site.js" defer=""></script></head><body><a href="../a/#1.0">a &lt;</a></body></html>';
  expect(activeContent(html)).toEqual([]);
});
