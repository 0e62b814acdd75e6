import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderReadme } from "../../../src/site/readme/render-readme.js";
import { activeContent } from "./active-content.js";

const repository = "https://github.com/contoso/core.git";

function render(markdown: string, repositoryUrl: string | undefined = repository): string {
  return renderReadme(new TextEncoder().encode(markdown), repositoryUrl).html;
}

describe("a readme", () => {
  test.each([
    ["a heading below the page's own", "# Title", '<h3 id="readme-title">Title</h3>\n'],
    ["a table with an empty corner", "||b|\n|-|-|\n|1|2|", '<td></td>\n<th scope="col">b</th>\n</tr>'],
    [
      "a table",
      "|a|b|\n|:-:|-|\n|1|2|",
      '<th scope="col" class="align-center">a</th>\n<th scope="col">b</th>',
    ],
    [
      "a task that is done",
      "- [x] ship",
      '<span class="task__mark task__mark--done" role="img" aria-label="Done">',
    ],
    [
      "a task that is not",
      "- [ ] ship",
      '<span class="task__mark" role="img" aria-label="To do"></span> ship',
    ],
    [
      "a note",
      "> [!TIP]\n> Rest",
      '<blockquote class="note note--tip">\n<p><strong class="note__title">Tip</strong><br>\nRest',
    ],
    ["an address in text", "See https://a.example/x.", ">https://a.example/x</a>."],
    ["no link for the name of a file", "See readme.md and App.cs", "<p>See readme.md and App.cs</p>"],
    ["coloured code", "```c#\nvar x = 1;\n```", '<span class="hljs-keyword">var</span>'],
    ["code in a language that is not known", "```brainf\n<+>\n```", "<code>&lt;+&gt;\n</code>"],
    ["generic types", "A List<T> of <string>", "<p>A List&lt;T&gt; of &lt;string&gt;</p>"],
    ["struck text", "~~old~~", "<s>old</s>"],
  ])("shows %s", (_, markdown, html) => {
    expect(render(markdown)).toContain(html);
  });

  test("has headings without a gap in their levels", () => {
    const levels = [...render("## a\n\n##### b\n\n# c\n\n### d\n\n###### e").matchAll(/<h(\d)/g)].map(
      ([, n]) => n,
    );
    expect(levels).toEqual(["3", "4", "3", "4", "5"]);
  });

  test("gives equal headings different ids", () => {
    expect(render("# A b\n\n# A b").match(/id="[^"]*"/g)).toEqual(['id="readme-a-b"', 'id="readme-a-b-1"']);
  });

  test("of more than 100,000 characters is shown up to the end of a line before, and tells that there is more", () => {
    const text = "some words\n\n".repeat(10_000);
    const { html, isCut } = renderReadme(new TextEncoder().encode(text), undefined);
    expect(html).toBe("<p>some words</p>\n".repeat(8333));
    expect(isCut).toBe(true);
    const whole = renderReadme(new TextEncoder().encode(text.slice(0, 100_000)), undefined);
    expect(whole.isCut).toBe(false);
  });
});

describe("links of a readme", () => {
  test.each([
    ["docs/use.md#start", "https://github.com/contoso/core/blob/HEAD/docs/use.md#start"],
    ["/LICENSE", "https://github.com/contoso/core/blob/HEAD/LICENSE"],
    ["../../x.md", "https://github.com/contoso/core/blob/HEAD/x.md"],
    ["https://a.example/?q=1&b=2", "https://a.example/?q=1&amp;b=2"],
    ["//a.example/x", "https://a.example/x"],
    ["mailto:a@b.example", "mailto:a@b.example"],
  ])("lead from %s to %s", (href, target) => {
    expect(render(`[x](${href})`)).toBe(`<p><a href="${target}" rel="nofollow noopener ugc">x</a></p>\n`);
  });

  test("stay within the readme where they begin with #", () => {
    expect(render("[x](#use-it)")).toBe('<p><a href="#readme-use-it">x</a></p>\n');
  });

  test.each(["ftp://a.example/", "file:///etc/passwd", "nuget:x", "https://[bad", "tel:1"])(
    "become text where they lead nowhere: %s",
    (href) => {
      expect(render(`[x](${href})`)).not.toContain("<a");
    },
  );

  test("become text without a repository that is known", () => {
    expect(render("[x](docs/use.md) ![logo](logo.png)", "https://git.example.com/x")).toBe("<p>x logo</p>\n");
  });

  test("have a name where they hold nothing but a picture without one", () => {
    expect(render("[![](https://a.example/b.png)](https://a.example/)")).toContain(
      'aria-label="https://a.example/"',
    );
  });
});

describe("images of a readme", () => {
  test.each([
    ["logo.png", "https://github.com/contoso/core/raw/HEAD/logo.png"],
    ["http://a.example/b.svg", "https://a.example/b.svg"],
    ["https://github.com/o/r/blob/main/a.png", "https://github.com/o/r/raw/main/a.png"],
    ["data:image/png;base64,iVBO", "data:image/png;base64,iVBO"],
  ])("come from %s: %s", (src, target) => {
    expect(render(`![a "b"](${src})`)).toBe(
      `<p><img src="${target}" alt="a &quot;b&quot;" loading="lazy"></p>\n`,
    );
  });

  test("are their alternative text where they may not load", () => {
    expect(render('<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="chart">')).toBe("<p>chart</p>\n");
  });
});

describe("HTML in a readme", () => {
  test("is read where readmes commonly have it", () => {
    const markdown =
      '<!-- logo -->\n<p align="center">\n  <img src="a.png" width="120px" onerror="x()" alt="A">\n</p>\n';
    expect(render(markdown)).toBe(
      '<p>\n<img src="https://github.com/contoso/core/raw/HEAD/a.png" alt="A" width="120" loading="lazy">\n</p>\n',
    );
  });

  test.each([
    ["a<br>b", "<p>a<br>\nb</p>\n"],
    ["H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>\n"],
    ["<kbd>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>\n"],
    ["<b>open **x**", "<p>open <strong>x</strong></p>\n"],
    ["<b>*a</b>*", "<p><b>*a</b>*</p>\n"],
    ["x</b></div>", "<p>x</p>\n"],
    ["a <!-- b --> c", "<p>a  c</p>\n"],
    [
      '<a href="https://a.example/" onclick="x()">t</a>',
      '<p><a href="https://a.example/" rel="nofollow noopener ugc">t</a></p>\n',
    ],
    ['<a href="&#106;avascript:alert(1)">t</a>', "<p>t</p>\n"],
    ['<h1 align="center">\n  Core\n</h1>', '<h3 id="readme-core">Core</h3>\n'],
    ["<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"],
    ["<svg onload=alert(1)>", "<p>&lt;svg onload=alert(1)&gt;</p>\n"],
    ["`<b>` <!-- no end", "<p><code>&lt;b&gt;</code> &lt;!-- no end</p>\n"],
  ])("%s", (markdown, html) => {
    expect(render(markdown)).toBe(html);
  });

  test("spares comments within code", () => {
    expect(render("```xml\n<!-- kept -->\n```")).toContain("&lt;!-- kept --&gt;");
  });
});

describe("an attack by a readme", () => {
  const pieces = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](&#x6A;avascript:x)",
    "[a](java\nscript:x)",
    '<a href="vbscript:x">',
    '<a href=" javascript:x">y</a>',
    "<javascript:alert(1)>",
    "![](javascript:x)",
    '[a](https://x "onmouseover=alert(1) \\" style=x")',
    "<style>*{}</style>",
    '<iframe src="//x">',
    "</article></main>",
    "<!--",
    "-->",
    "```html\n",
    "<b>",
    "</b>",
    "*",
    "_",
    "`",
    "[",
    "](",
    ")",
    "\n",
    "\n\n",
    "> ",
    "- [x] ",
    "|a|\n|:-|\n",
    "<h1>",
    "</h1>",
    "&lt;",
    '"',
    "'",
    "[r]: javascript:x\n",
    "[r]",
    "\u202e",
    "<p style=color:red>",
    "<details open ontoggle=x>",
    "x".repeat(70),
    "data:text/html,<script>",
  ];

  test("leaves nothing that runs, whatever is put together", () => {
    const markdown = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(markdown, (text) => {
        expect(activeContent(render(text))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("cannot hide the direction of code", () => {
    expect(render("`a\u202eb`")).toBe('<p><code>a<span class="bidi-control">U+202E</span>b</code></p>\n');
  });

  test.each(["<", "<!--\n", "<b>", "<b><i></b>", "<h1>\n", "[", "<a x "])(
    "is soon read: %j again and again",
    (piece) => {
      const start = performance.now();
      render(piece.repeat(100_000 / piece.length));
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );
});

describe("bytes of a readme", () => {
  const html = "<p>Grüße</p>\n";
  test.each([
    ["UTF-8", Buffer.from("Grüße", "utf8")],
    ["UTF-8 with a mark", Buffer.from("\ufeffGrüße", "utf8")],
    ["UTF-16", Buffer.from("\ufeffGrüße", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeffGrüße", "utf16le").swap16()],
    ["Latin-1", Buffer.from("Grüße", "latin1")],
  ])("may be %s", (_, bytes) => {
    expect(renderReadme(bytes, undefined).html).toBe(html);
  });

  test("may hold control characters", () => {
    expect(render("a\u0000b\u0007c\r\nd")).toBe("<p>a\ufffdb\ufffdc\nd</p>\n");
  });
});
