/** Packages whose nuspec does not say what it must. */
import { nuspecText } from "../support/package-builder.js";
import { type Case, core, packageWith, packageWithMetadata, testRefused } from "./refused-packages.js";

const entityBomb = `<!DOCTYPE package [<!ENTITY a "${"a".repeat(1000)}">${Array.from(
  { length: 20 },
  (_, index) => `<!ENTITY a${index} "&a;&a;&a;&a;">`,
).join("")}]>`;

const xmlError = "its nuspec is not well-formed XML: ";

const nuspecs: readonly Case[] = [
  ["an empty nuspec", packageWith({ nuspec: "" }), "nuspec-xml", `${xmlError}Start tag expected (line 1)`],
  [
    "a nuspec of text",
    packageWith({ nuspec: "{}" }),
    "nuspec-xml",
    `${xmlError}char '{' is not expected (line 1)`,
  ],
  [
    "a nuspec that ends too early",
    packageWith({ nuspec: "<package>\n<metadata><id>A</id>" }),
    "nuspec-xml",
    `${xmlError}it ends before all of its elements are closed`,
  ],
  [
    "blanks before the XML declaration",
    packageWith({ nuspec: `\n${nuspecText(core)}` }),
    "nuspec-xml",
    `${xmlError}XML declaration allowed only at the start of the document (line 2)`,
  ],
  [
    "an unknown entity",
    packageWithMetadata("<id>A&nbsp;</id>"),
    "nuspec-xml",
    `${xmlError}"&nbsp;" is no entity`,
  ],
  [
    "a character that XML lacks",
    packageWithMetadata("<id>&#0;</id>"),
    "nuspec-xml",
    `${xmlError}"&#0;" is no entity`,
  ],
  [
    "a control character",
    packageWithMetadata("<id>\x01</id>"),
    "nuspec-xml",
    `${xmlError}it holds control characters`,
  ],
  ["an open comment", packageWithMetadata("<!-- "), "nuspec-xml", `${xmlError}it ends before "-->"`],
  [
    "elements nested too deeply",
    packageWithMetadata("<a>".repeat(200) + "</a>".repeat(200)),
    "nuspec-xml",
    `${xmlError}Maximum nested tags exceeded`,
  ],
  [
    "a document type",
    packageWith({ nuspec: `<!DOCTYPE package>${nuspecText(core).slice(39)}` }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "an entity bomb",
    packageWith({ nuspec: `${entityBomb}<package><metadata><id>&a19;</id></metadata></package>` }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "an external entity",
    packageWith({ nuspec: '<!DOCTYPE p [<!ENTITY f SYSTEM "file:///etc/passwd">]><package/>' }),
    "nuspec-doctype",
    "its nuspec has a document type or entity declaration, which is never read",
  ],
  [
    "a nuspec that is not in its encoding",
    packageWith({ nuspec: Uint8Array.of(0x3c, 0xff, 0x3e) }),
    "nuspec-encoding",
    "its nuspec cannot be read as utf-8, its bytes are invalid or that encoding is not known",
  ],
  [
    "a nuspec in an unknown encoding",
    packageWith({ nuspec: '<?xml version="1.0" encoding="klingon"?><package/>' }),
    "nuspec-encoding",
    "its nuspec cannot be read as klingon, its bytes are invalid or that encoding is not known",
  ],
  [
    "a nuspec without metadata",
    packageWith({ nuspec: "<package><id>A</id></package>" }),
    "nuspec-metadata",
    "its nuspec has no <metadata> in <package>",
  ],
  ["a nuspec without id", packageWithMetadata("<version>1.0</version>"), "nuspec-id", "its nuspec has no id"],
  [
    "a nuspec with an empty id",
    packageWithMetadata("<id> </id><version>1.0</version>"),
    "nuspec-id",
    "its nuspec has no id",
  ],
  [
    "a nuspec without version",
    packageWithMetadata("<id>A</id>"),
    "nuspec-version",
    "its nuspec has no version",
  ],
  ...["a b", "../a", "$id$", ".a", "a..b"].map(
    (id): Case => [
      `the id ${id}`,
      packageWithMetadata(`<id>${id}</id><version>1.0</version>`),
      "nuspec-id",
      `its nuspec has the invalid id "${id}", an id is made of words joined by single dots or hyphens, up to 100 characters`,
    ],
  ),
  ...["v1.0", "1.0.0.0.0", "$version$", "1.0.0-", "latest"].map(
    (version): Case => [
      `the version ${version}`,
      packageWithMetadata(`<id>A</id><version>${version}</version>`),
      "nuspec-version",
      `its nuspec has the invalid version "${version}", a version has up to four numbers, then labels, as in 1.2.3 or 1.2.3-beta.1`,
    ],
  ),
];

testRefused(nuspecs);
