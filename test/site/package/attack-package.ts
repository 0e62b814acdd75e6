/**
 * A package that attacks every field of the site: what a stranger can put into a nuspec, a readme, facts and file names.
 */
import type { PackageRecord } from "../../../src/feed/record.js";
import type { PackageEntry } from "../../../src/nuget/inspect.js";
import { packageId, type RecordOptions, testDigest } from "../../support/records.js";

/** Ends texts, attributes and elements of every kind, and turns the direction of text round. */
export const attackText = `"'></bdi></p></script><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; {{x}} \u202e\u2066 javascript:alert(1)`;

export const attackUrl = "javascript:alert(1)//https://example.com/";

/** An id may be a hundred characters long, in any script. */
export const attackId = `Атака.${"数据包".repeat(10)}.${"x".repeat(100 - 37)}`;

export const attackReadme = `<script>alert(1)</script>
# ${attackText}
[a](${attackUrl}) <a href="${attackUrl}" onclick="alert(1)">b</a> ![c](${attackUrl}) <img src=x onerror="alert(1)">
<svg onload="alert(1)"></svg><iframe src="${attackUrl}"></iframe></article></main><style>*{display:none}</style>
\`\`\`html
</code></pre><script>alert(1)</script>
\`\`\`
| a | b |
|:-:|--:|
| ${attackText.replaceAll("|", "")} | <b onmouseover=alert(1)>x |
`;

export function attackRecord(version = "1.0.0"): RecordOptions {
  return {
    id: attackId,
    version,
    metadata: attackMetadata,
    frameworks: ["net8.0", attackText],
    readmeDigest: testDigest("readme"),
    licenseFile: `${testDigest("licence")}.txt`,
    icon: `${testDigest("icon")}.png`,
    signature: "author",
    hasSymbols: true,
    facts: {
      input: {
        listed: false,
        published: "2024-05-01T10:00:00+00:00",
        owners: [attackText, attackText],
        deprecation: {
          reasons: [attackText, "Legacy"],
          message: attackText,
          alternatePackage: { id: attackText, range: attackText },
        },
        vulnerabilities: [
          { advisoryUrl: attackUrl, severity: 3 },
          { advisoryUrl: `https://example.com/${attackText}`, severity: 0 },
        ],
      },
    },
  };
}

const attackMetadata: PackageRecord["metadata"] = {
  title: attackText,
  authors: attackText,
  owners: attackText,
  description: `${attackText} ${"long ".repeat(200_000)}`,
  summary: attackText,
  releaseNotes: `${attackText}\n${"notes ".repeat(20_000)}`,
  copyright: attackText,
  language: attackText,
  tags: [attackText, "العربية", "包", "😀", ...Array.from({ length: 10_000 }, (_, n) => `tag${n}`)],
  projectUrl: attackUrl,
  iconUrl: attackUrl,
  licenseUrl: attackUrl,
  license: { type: "file", text: attackText },
  requireLicenseAcceptance: true,
  repository: { type: attackText, url: attackUrl, branch: attackText, commit: attackText },
  packageTypes: [{ name: attackText }, { name: "DotnetTool" }, { name: "Dependency" }],
  minClientVersion: attackText,
  dependencyGroups: [
    { targetFramework: attackText, dependencies: [{ id: packageId("Contoso.Core"), range: attackText }] },
    {
      dependencies: Array.from({ length: 2000 }, (_, n) => ({
        id: packageId(`Many.D${n}`),
        range: "[1.0.0, )",
      })),
    },
  ],
};

export const attackEntries: readonly PackageEntry[] = [
  `lib/${attackText}/${attackText}.dll`,
  "../../etc/passwd",
  `${"deep/".repeat(300)}file`,
  "C:\\windows\\system32",
  "",
  "__proto__/constructor",
  ...Array.from({ length: 5000 }, (_, n) => `content/f${n % 10}/file${n}`),
].map((name, n) => ({ name, size: n * 1000, compressedSize: n }));
