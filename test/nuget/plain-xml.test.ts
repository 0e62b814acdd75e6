/** The fast reader of XML gives what the thorough one gives, or leaves the text to it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePlainXml } from "../../src/nuget/nuspec/plain-xml.js";
import { parseAnyXml } from "../../src/nuget/nuspec/xml.js";
import type { XmlElement } from "../../src/nuget/nuspec/xml-element.js";

const nuspec = `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata minClientVersion="2.12">
    <id>Contoso.Core</id>
    <version>1.0.0</version>
    <authors>Ann &amp; Bob</authors>
    <!-- where it comes from -->
    <repository type="git" url="https://example.com/a?b=1&amp;c=2" commit='abc' />
    <description>Line one
and two &lt;b&gt; &#x1F600;</description>
    <dependencies>
      <group targetFramework=".NETStandard2.0">
        <dependency id="A" version="[1.0, 2.0)" exclude="Build,Analyzers" />
      </group>
      <group targetFramework="net8.0" />
    </dependencies>
  </metadata>
</package>
`;

/** What the thorough reader gives: a tree, or the message that says why there is none. */
function thorough(text: string): XmlElement | string {
  try {
    return parseAnyXml(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The tree without what a reader only remembers while it reads. */
function plainTree({ name, attributes, children, text }: XmlElement): unknown {
  return { name, attributes: [...attributes], text, children: children.map(plainTree) };
}

/** What both readers give; the thorough one's where the fast one leaves the text to it. */
function bothReadings(text: string): [fast: unknown, thorough: unknown] {
  const expected = thorough(text);
  const tree = typeof expected === "string" ? expected : plainTree(expected);
  const read = parsePlainXml(text);
  return [read === undefined ? tree : plainTree(read), tree];
}

describe("the fast reader of XML", () => {
  test.each([
    ["a nuspec", nuspec],
    ["line ends of Windows", nuspec.replaceAll("\n", "\r\n")],
    [
      "a prefix on every element",
      `<n:package xmlns:n="urn:x"><n:metadata a="1" n:b="2"><n:id>X</n:id></n:metadata></n:package>`,
    ],
    ["no declaration", "<package><metadata/></package>"],
    ["comments around the root", "<!-- a --><package></package>\n<!-- b -->\n"],
    ["text between elements", "<a>x<b/>y<c></c>z</a>"],
    ["an angle bracket in an attribute", `<a b="x > y">t > u</a>`],
    ["blanks in tags", `<a  b="1"\n\tc='2' ><d /></a >`],
    ["line breaks in attributes", `<a b="x\ny\tz"/>`],
    ["a root that closes itself", "<a/>"],
  ])("reads %s as the thorough one does", (_, text) => {
    const read = parsePlainXml(text);
    expect(read && plainTree(read)).toEqual(plainTree(parseAnyXml(text)));
  });

  test.each([
    ["a CDATA section", "<a><![CDATA[x]]></a>"],
    ["a document type", "<!DOCTYPE a><a/>"],
    ["a processing instruction", "<a><?php x ?></a>"],
    ["an encoding in other quotes' place", `<?xml encoding="utf-8" version="1.0"?><a/>`],
    ["an attribute twice", `<a b="1" b="2"/>`],
    ["an attribute without quotes", "<a b=1/>"],
    ["blanks around an equals sign", `<a b = "1"/>`],
    ["end tags in the wrong order", "<a><b></a></b>"],
    ["an end tag of another prefix", `<n:a xmlns:n="urn:x"></m:a>`],
    ["an element that is left open", "<a><b></b>"],
    ["two roots", "<a/><b/>"],
    ["text behind the root", "<a/>x"],
    ["the end of a section in text", "<a>]]></a>"],
    ["hyphens in a comment", "<a><!-- x -- y --></a>"],
    ["names that objects have", "<constructor/>"],
    ["attributes that objects have", `<a toString="1"/>`],
    ["letters beyond ASCII in names", "<é/>"],
    ["elements in elements without end", "<a>".repeat(40) + "</a>".repeat(40)],
    ["entities that nobody declared", "<a>&nbsp;</a>"],
    ["an ampersand of its own", `<a b="x & y"/>`],
    ["a number that is no character", "<a>&#0;</a>"],
    ["nothing", ""],
  ])("leaves %s to the thorough one", (_, text) => {
    expect(parsePlainXml(text)).toBeUndefined();
  });

  test("agrees with the thorough one on nuspecs with anything changed in them", () => {
    const pieces = fc.constantFrom(
      ...Array.from("<>/=\"'&;!-?[]:. \n\ta1_é"),
      "<!--",
      "-->",
      "]]>",
      "<![CDATA[",
      "&amp;",
      "&#65;",
      "<b>",
      "</b>",
      "<b/>",
      ' c="d"',
      "xmlns:",
      "<?xml",
      "?>",
    );
    const edit = fc.record({
      at: fc.nat(nuspec.length),
      remove: fc.nat(6),
      insert: fc.array(pieces, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce(
          (before, { at, remove, insert }) =>
            before.slice(0, at) + insert.join("") + before.slice(at + remove),
          nuspec,
        );
        const [fast, expected] = bothReadings(text);
        expect(fast, text).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test("agrees with the thorough one on texts made of markup", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b c='1'>",
      "</b>",
      "<b/>",
      "x",
      " ",
      "\n",
      "\r\n",
      "&lt;",
      "<!--y-->",
      "<n:a>",
      "</n:a>",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const [fast, expected] = bothReadings(`<a>${parts.join("")}</a>`);
        expect(fast).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});
