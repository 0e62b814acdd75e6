/**
 * Nuspecs: what is read of them in which spelling. Those that make a package unusable are in test/invalid.
 */
import { expect, test } from "vitest";
import { parseNuspec } from "../../src/nuget/nuspec.js";
import type { Nuspec } from "../../src/nuget/nuspec-model.js";
import { nuspecText, type PackageOptions } from "../support/package-builder.js";
import { concat, utf8 } from "../support/zip-builder.js";

const identity = "<id>Contoso.Core</id><version>1.0.0</version>";
const required = `${identity}<authors>Contoso</authors><description>Core</description>`;

/** A nuspec whose metadata is this XML besides what is required. */
function metadata(xml: string, attributes = ""): string {
  return `<package><metadata${attributes}>${required}${xml}</metadata></package>`;
}

function parse(text: string): Nuspec {
  return parseNuspec(utf8(text)).nuspec;
}

function warningsOf(text: string): readonly string[] {
  return parseNuspec(utf8(text)).warnings;
}

function built(options: Partial<PackageOptions>): Nuspec {
  return parse(nuspecText({ id: "Contoso.Core", version: "1.0.0", ...options }));
}

test("everything that a nuspec can say is in the model", () => {
  const nuspec = parse(
    metadata(
      `<title>Core</title><owners>contoso</owners><summary>Short</summary><releaseNotes>Faster</releaseNotes>
      <copyright>© Contoso</copyright><language>en-US</language><tags>a b</tags>
      <projectUrl>https://example.com/</projectUrl><iconUrl>https://example.com/i.png</iconUrl><icon>i.png</icon>
      <licenseUrl>https://example.com/l</licenseUrl><license type="file">LICENSE</license><readme>README.md</readme>
      <requireLicenseAcceptance>true</requireLicenseAcceptance><serviceable>true</serviceable>
      <developmentDependency>true</developmentDependency>
      <repository type="git" url="https://example.com/c.git" branch="main" commit="abc" />
      <packageTypes><packageType name="Template" /><packageType name="Custom" version="2.0" /></packageTypes>
      <dependencies><group targetFramework="net8.0"><dependency id="A" version="1.0" exclude="Build" /></group></dependencies>
      <frameworkAssemblies><frameworkAssembly assemblyName="System.Net" targetFramework="net45, net40" /></frameworkAssemblies>
      <frameworkReferences><group targetFramework="net8.0"><frameworkReference name="Microsoft.AspNetCore.App" /></group></frameworkReferences>
      <references><group targetFramework="net45"><reference file="a.dll" /></group></references>
      <contentFiles><files include="any/**" exclude="any/b" buildAction="None" copyToOutput="true" flatten="TRUE" /></contentFiles>`,
      ' minClientVersion="2.12"',
    ),
  );
  expect(nuspec).toMatchObject({ id: "Contoso.Core", version: { major: 1, original: "1.0.0" } });
  const { id, version, ...rest } = nuspec;
  expect([id, version.minor]).toEqual(["Contoso.Core", 0]);
  expect(rest).toEqual({
    authors: "Contoso",
    description: "Core",
    title: "Core",
    owners: "contoso",
    summary: "Short",
    releaseNotes: "Faster",
    copyright: "© Contoso",
    language: "en-US",
    tags: ["a", "b"],
    projectUrl: "https://example.com/",
    iconUrl: "https://example.com/i.png",
    icon: "i.png",
    licenseUrl: "https://example.com/l",
    license: { type: "file", text: "LICENSE" },
    readme: "README.md",
    requireLicenseAcceptance: true,
    developmentDependency: true,
    serviceable: true,
    repository: { type: "git", url: "https://example.com/c.git", branch: "main", commit: "abc" },
    packageTypes: [{ name: "Template" }, { name: "Custom", version: "2.0" }],
    dependencyGroups: [
      { targetFramework: "net8.0", dependencies: [{ id: "A", range: "[1.0.0, )", exclude: "Build" }] },
    ],
    frameworkAssemblies: [{ assemblyName: "System.Net", targetFrameworks: ["net45", "net40"] }],
    frameworkReferences: [{ targetFramework: "net8.0", names: ["Microsoft.AspNetCore.App"] }],
    references: [{ targetFramework: "net45", files: ["a.dll"] }],
    contentFiles: [
      { include: "any/**", exclude: "any/b", buildAction: "None", copyToOutput: true, flatten: true },
    ],
    minClientVersion: "2.12",
    isSemVer2: false,
  });
});

test("what a nuspec does not say is absent from the model", () => {
  expect(Object.keys(parse(metadata("")))).toEqual([
    "id",
    "version",
    "authors",
    "description",
    "tags",
    "requireLicenseAcceptance",
    "developmentDependency",
    "serviceable",
    "packageTypes",
    "dependencyGroups",
    "frameworkAssemblies",
    "frameworkReferences",
    "references",
    "contentFiles",
    "isSemVer2",
  ]);
});

const namespaces = ["2010/07", "2011/08", "2011/10", "2012/06", "2013/01", "2013/05"].map(
  (date) => `http://schemas.microsoft.com/packaging/${date}/nuspec.xsd`,
);

test.for(namespaces)("the namespace %s may be on the package or only on its metadata", (namespace) => {
  const nuspec = metadata("<title>T</title>");
  const prefixed = nuspec
    .replace(/<(\/?)/g, "<$1n:")
    .replace("<n:package", `<n:package xmlns:n="${namespace}"`);
  expect(parse(nuspec.replace("<package", `<package xmlns="${namespace}"`)).title).toBe("T");
  expect(parse(nuspec.replace("<metadata", `<metadata xmlns="${namespace}"`)).title).toBe("T");
  expect(parse(prefixed).title).toBe("T");
});

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !bigEndian);
  return bytes;
}

const umlaut = metadata("<title>größe 😀</title>");
const declaredAs = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n${umlaut}`;

test.for([
  ["UTF-8", utf8(umlaut)],
  ["UTF-8 with a declaration", utf8(declaredAs("utf-8"))],
  ["UTF-8 with a byte order mark", utf8(`\ufeff${declaredAs("utf-8")}`)],
  ["UTF-8 that says UTF-16", utf8(declaredAs("utf-16"))],
  ["UTF-16 little-endian with a byte order mark", utf16(`\ufeff${declaredAs("utf-16")}`, false)],
  ["UTF-16 big-endian with a byte order mark", utf16(`\ufeff${declaredAs("utf-16")}`, true)],
  ["UTF-16 little-endian without a byte order mark", utf16(declaredAs("utf-16"), false)],
  ["UTF-16 big-endian without a byte order mark", utf16(declaredAs("utf-16"), true)],
] as const)("a nuspec in %s is read", ([, bytes]) => {
  expect(parseNuspec(bytes).nuspec.title).toBe("größe 😀");
});

test("a declared code page is used", () => {
  const [start = "", end = ""] = metadata("<title>gr__e</title>").split("__");
  const declaration = utf8('<?xml version="1.0" encoding="iso-8859-1" standalone="yes"?>');
  const bytes = concat([declaration, utf8(start), Uint8Array.of(0xf6, 0xdf), utf8(end)]);
  expect(parseNuspec(bytes).nuspec.title).toBe("größe");
});

test.for([
  ["surrounding blanks are cut", "<title>\n  a b\t</title>", "a b"],
  ["line ends become line feeds", "<title>a\r\nb\rc&#13;d</title>", "a\nb\nc\rd"],
  [
    "entities are decoded",
    "<title>&lt;a&gt; &amp;amp; &quot;&apos;&#65;&#x1F600;</title>",
    "<a> &amp; \"'A😀",
  ],
  [
    "CDATA is taken as it is",
    "<title>a <![CDATA[<b> & &amp; <!DOCTYPE x>]]> c</title>",
    "a <b> & &amp; <!DOCTYPE x> c",
  ],
  ["comments are no text", "<title>a<!-- <!ENTITY x> -->b</title>", "ab"],
  ["processing instructions are no text", "<title>a<?b c?>d</title>", "ad"],
  ["the first of several counts", "<title>one</title><title>two</title>", "one"],
  ["an empty one does not count", "<title/><title></title><title>two</title>", "two"],
  ["one with elements inside does not count", "<title>one<b/></title><title>two</title>", "two"],
  ["letter case does not matter", "<TITLE>one</TITLE>", "one"],
  ["names of JavaScript's own are nothing special", "<toString>x</toString><title>one</title>", "one"],
] as const)("of a text %s", ([, xml, title]) => {
  expect(parse(metadata(xml)).title).toBe(title);
});

test("an empty or blank element is absent", () => {
  const nuspec = parse(metadata("<title> \n </title><summary/><owners></owners>"));
  expect(Object.keys(nuspec)).not.toEqual(expect.arrayContaining(["title"]));
  expect([nuspec.summary, nuspec.owners]).toEqual([undefined, undefined]);
});

test.for([
  ["a b", ["a", "b"]],
  ["a,b; c|d\te\nf", ["a", "b", "c", "d", "e", "f"]],
  ["Json json JSON xml", ["Json", "xml"]],
  [" , ;", []],
] as const)("tags %j are %j", ([text, tags]) => {
  expect(parse(metadata(`<tags>${text}</tags>`)).tags).toEqual(tags);
});

test.for([
  ["true", true, 0],
  [" TRUE\n", true, 0],
  ["False", false, 0],
  ["1", false, 1],
  ["yes", false, 1],
] as const)("the flag %j is %s", ([text, flag, warnings]) => {
  const xml = metadata(`<developmentDependency>${text}</developmentDependency>`);
  expect(parse(xml).developmentDependency).toBe(flag);
  expect(warningsOf(xml).length).toBe(warnings);
});

test.for([
  [
    "<license type='expression'>MIT OR Apache-2.0</license>",
    { type: "expression", text: "MIT OR Apache-2.0" },
  ],
  ["<license type='Expression' version='1.0.0'>MIT</license>", { type: "expression", text: "MIT" }],
  [
    "<license type='expression' version='2.0.0'>MIT</license>",
    { type: "expression", text: "MIT", version: "2.0.0" },
  ],
  ["<license type='file'>docs\\LICENSE.txt</license>", { type: "file", text: "docs\\LICENSE.txt" }],
  ["<license type='url'>https://example.com/</license>", undefined],
  ["<license>MIT</license>", undefined],
] as const)("the licence of %s is %j", ([xml, license]) => {
  expect(parse(metadata(xml)).license).toEqual(license);
});

test("dependencies without group are one group for any framework", () => {
  expect(built({ dependencies: { A: "1.0", B: "[1.0,2.0)" } }).dependencyGroups).toEqual([
    {
      dependencies: [
        { id: "A", range: "[1.0.0, )" },
        { id: "B", range: "[1.0.0, 2.0.0)" },
      ],
    },
  ]);
});

test.for([
  ["", "(, )", 0],
  ["(, )", "(, )", 0],
  ["1.*", "[1.*, )", 0],
  ["[1.0]", "[1.0.0, 1.0.0]", 0],
  ["not a range", "(, )", 1],
] as const)("a dependency on version %j is one on %s", ([version, range, warnings]) => {
  const text = nuspecText({ id: "A", version: "1.0.0", dependencies: { B: version } });
  expect(parse(text).dependencyGroups[0]?.dependencies[0]?.range).toBe(range);
  expect(warningsOf(text).length).toBe(warnings);
});

test("an empty group stays, since it says that a framework needs nothing", () => {
  const groups = [{ targetFramework: "net45" }, { targetFramework: "", dependencies: { A: "1.0" } }];
  expect(built({ dependencies: groups }).dependencyGroups).toEqual([
    { targetFramework: "net45", dependencies: [] },
    { dependencies: [{ id: "A", range: "[1.0.0, )" }] },
  ]);
});

test("an empty list of dependencies is no group", () => {
  expect(built({ dependencies: {} }).dependencyGroups).toEqual([]);
});

test("dependencies beside groups do not count", () => {
  const xml = metadata(
    '<dependencies><dependency id="A" version="1.0" /><group targetFramework="net45" /></dependencies>',
  );
  expect(parse(xml).dependencyGroups).toEqual([{ targetFramework: "net45", dependencies: [] }]);
});

test.for([
  ["net45", ".NETFramework4.5"],
  [".NETStandard2.0", "netstandard2.0"],
  ["", ""],
  ["", "any"],
  ["Contoso9", "contoso9"],
] as const)("of groups for %j and %j the first counts, with a warning", ([first, second]) => {
  const dependencies = [
    { targetFramework: first, dependencies: { A: "1.0" } },
    { targetFramework: second, dependencies: { B: "1.0" } },
  ];
  const text = nuspecText({ id: "A", version: "1.0.0", dependencies });
  expect(parse(text).dependencyGroups.flatMap((group) => group.dependencies.map(({ id }) => id))).toEqual([
    "A",
  ]);
  expect(warningsOf(text)).toContainEqual(expect.stringContaining("the first counts"));
});

test("a framework that nobody knows keeps its dependencies", () => {
  const text = nuspecText({ id: "A", version: "1.0.0", dependencies: [{ targetFramework: "contoso9" }] });
  expect(parse(text).dependencyGroups).toEqual([{ targetFramework: "contoso9", dependencies: [] }]);
  expect(warningsOf(text)).toEqual(['the dependency group for "contoso9" names no known framework']);
});

test("a dependency without a valid id is left out with a warning", () => {
  const xml = metadata('<dependencies><dependency version="1" /><dependency id="a b" /></dependencies>');
  expect(parse(xml).dependencyGroups).toEqual([{ dependencies: [] }]);
  expect(warningsOf(xml)).toEqual([
    "a dependency without id is left out",
    'the dependency "a b" is left out, it is no package id',
  ]);
});

test.for([
  ["1.0.0", "1.0.0", false],
  ["1.0.0-beta", "[1.0.0-beta, )", false],
  ["1.0.0-beta.1", "1.0.0", true],
  ["1.0.0+build", "1.0.0", true],
  ["1.0.0", "1.0.0-beta.1", true],
  ["1.0.0", "(, 2.0.0+x]", true],
] as const)("version %s with a dependency on %s: SemVer 2 is %s", ([version, range, isSemVer2]) => {
  expect(built({ version, dependencies: { A: range } }).isSemVer2).toBe(isSemVer2);
});

test("references outside of groups are for any framework, but only without groups", () => {
  const flat = '<reference file="a.dll" /><reference file="" />';
  expect(parse(metadata(`<references>${flat}</references>`)).references).toEqual([{ files: ["a.dll"] }]);
  const grouped = `<references>${flat}<group><reference file="b.dll" /></group></references>`;
  expect(parse(metadata(grouped)).references).toEqual([{ files: ["b.dll"] }]);
});

test("content files are compiled to nowhere unless they say more", () => {
  const xml = metadata('<contentFiles><files include="any/a" /><files exclude="b" /></contentFiles>');
  expect(parse(xml).contentFiles).toEqual([{ include: "any/a", copyToOutput: false, flatten: false }]);
  expect(warningsOf(xml)).toEqual(["content files without include are left out"]);
});

test("missing authors and description are warnings, not errors", () => {
  const text = nuspecText({ id: "A", version: "1.0.0", authors: null, description: null });
  expect(warningsOf(text)).toEqual(["its nuspec has no authors", "its nuspec has no description"]);
});

test("a minimum client version that is none is left out", () => {
  const xml = metadata("", ' minClientVersion="new"');
  expect(parse(xml).minClientVersion).toBe(undefined);
  expect(warningsOf(xml)).toEqual(['minClientVersion "new" is left out, it is no version']);
});

test("a repository that says nothing is absent", () => {
  expect(parse(metadata('<repository url="" />')).repository).toBe(undefined);
});

test("values in warnings are short and on one line", () => {
  const [warning] = warningsOf(
    nuspecText({ id: "A", version: "1.0.0", dependencies: { B: "x\ny".repeat(1000) } }),
  );
  expect(warning).toMatch(/^the version "x y.{90,110}…" of the dependency B is no range/);
});
