/** Real packages that attack every field which a stranger can fill. Whatever runs sets `window.attacked`. */
import { buildPackage, type PackageOptions } from "./package-builder.js";

export const attackId = "Attack.Package";

const script = "window.attacked=1;alert(1)";

/** Ends texts, attributes, elements and comments of every kind. */
export const attackText = `"'--></title></textarea></bdi></p></pre></script><script>${script}</script><img src=x onerror="${script}"><svg onload="${script}"></svg>\u202e{{x}}`;

export const attackUrl = `javascript:${script}//https://example.com/`;

const attackSvg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`;

const readme = `<script>${script}</script>
# <img src=x onerror="${script}"> ${attackText}

[link](${attackUrl}) [entity](&#106;avascript:${script}) [tab](java\tscript:${script}) <${attackUrl}>
[data](data:text/html,<script>${script}</script>) [vb](vbscript:${script}) [ref][bad]
![image](${attackUrl}) ![svg](data:image/svg+xml,${encodeURIComponent(attackSvg)}) ![x](x" onerror="${script})
<a href="${attackUrl}" onclick="${script}">tag</a> <iframe src="${attackUrl}"></iframe> <img src=x onerror="${script}">
<style>*{display:none}</style><base href="https://attacker.example/"><meta http-equiv="refresh" content="0;url=${attackUrl}">
<form action="${attackUrl}"><button>send</button></form><details open ontoggle="${script}">x</details>

[bad]: ${attackUrl}

\`\`\`"><script>${script}</script>
</code></pre><script>${script}</script>
\`\`\`

\`\`\`html
<img src=x onerror="${script}">
\`\`\`

| ${attackText.replaceAll("|", "")} |
|:-:|
| <b onmouseover="${script}">x</b> |
`;

/** As large as a nuspec may be. */
function attackPackage(version: string): PackageOptions {
  return {
    id: attackId,
    version,
    title: attackText,
    authors: attackText,
    description: `${attackText} ${"long ".repeat(180_000)}`,
    tags: `<script>${script}</script> "onload=${script}" ${Array.from({ length: 10_000 }, (_, n) => `t${n}`).join(" ")}`,
    projectUrl: attackUrl,
    repository: { type: attackText, url: attackUrl, branch: attackText, commit: attackText },
    metadata: {
      summary: attackText,
      releaseNotes: attackText,
      copyright: attackText,
      language: attackText,
      owners: attackText,
      iconUrl: attackUrl,
      licenseUrl: attackUrl,
    },
    dependencies: [{ targetFramework: "net8.0", dependencies: { "Contoso.Core": "1.0.0" } }],
    packageTypes: [attackText, "Dependency"],
    icon: { path: "icon.png", content: attackSvg },
    readme: { path: "README.md", content: readme },
    license: { path: "LICENSE.html", content: `<html><body onload="${script}">${attackText}</body></html>` },
    files: {
      [`lib/net8.0/${attackText.replaceAll("/", "")}.dll`]: "x",
      [`content/${"deep/".repeat(100)}file`]: "x",
      "__proto__/constructor.txt": "x",
    },
  };
}

/** File name → content: the packages in three versions, and facts that attack too. */
export function attackFiles(): ReadonlyMap<string, Uint8Array | string> {
  const versions = ["1.0.0", "2.0.0", "3.0.0-rc.1"];
  const facts = {
    [attackId]: {
      "*": { owners: [attackText] },
      "2.0.0": {
        deprecation: { reasons: [attackText], message: attackText },
        vulnerabilities: [{ advisoryUrl: `https://advisories.example/${attackText}`, severity: 3 }],
      },
    },
  };
  return new Map<string, Uint8Array | string>([
    ...versions.map((version): [string, Uint8Array] => [
      `attack.${version}.nupkg`,
      buildPackage(attackPackage(version)),
    ]),
    ["packages.json", JSON.stringify(facts)],
  ]);
}
