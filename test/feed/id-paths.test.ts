import { describe, expect, test } from "vitest";
import { isPathOfId, ownerOfPath } from "../../src/feed/id-paths.js";
import { testId } from "../support/records.js";

const id = testId("contoso.core");

describe("the paths that a feed has for an id", () => {
  test.for([
    "v3/flat/contoso.core/index.json",
    "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
    "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg.sha512",
    "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.nuspec",
    "v3/flat/contoso.core/1.0.0/readme",
    "v3/registration/contoso.core/index.json",
    "v3/registration/contoso.core/1.0.0-rc.1.json",
    "v3/registration/contoso.core/page/1.0.0/1.63.0.json",
    "v3/registration-semver1/contoso.core/index.json",
    "v3/registration-semver1/contoso.core/page/1.0.0/1.63.0.json",
    "packages/contoso.core/index.html",
    "packages/contoso.core/versions.json",
    "packages/contoso.core/atom.xml",
    "packages/contoso.core/readme/0123456789abcdef0123456789abcdef.html",
    "packages/contoso.core/license/0123456789abcdef0123456789abcdef.html",
    "badges/contoso.core.svg",
    "badges/pre/contoso.core.json",
  ])("are such as %s", (path) => {
    expect(isPathOfId(id, path)).toBe(true);
    expect(ownerOfPath(path)).toBe("contoso.core");
  });

  test.for([
    "v3/flat/contoso.core/notes.txt",
    "v3/flat/contoso.core/1.0/contoso.core.1.0.nupkg",
    "v3/flat/contoso.core/1.0.0/contoso.core.1.0.1.nupkg",
    "v3/flat/contoso.core/1.0.0/contoso.text.nuspec",
    "v3/flat/contoso.core/x/readme",
    "v3/flat/contoso.core/1.0.0/readme/more",
    "v3/registration/contoso.core/1.0.0",
    "v3/registration/contoso.core/page/1.0.0.json",
    "v3/registration-semver1/contoso.core/1.0.0.json",
    "v3/flat/contoso.text/index.json",
    "packages/contoso.core/readme/0123.html",
    "packages/contoso.core/readme/index.html",
    "packages/contoso.core/notes.html",
    "packages/contoso.text/index.html",
    "packages/index.html",
    "badges/contoso.core.png",
    "badges/other/contoso.core.svg",
    "v3/index.json",
    "index.json",
    "",
  ])("are not such as %j", (path) => {
    expect(isPathOfId(id, path)).toBe(false);
  });

  test.for([
    "v3/flat/Contoso.Core/index.json",
    "v3/flat/a b/index.json",
    "v3/flat/index.json",
    "v3/assets/0123.png",
    "packages/Contoso.Core/index.html",
    "packages/index.html",
    "badges/a b.svg",
  ])("belong to nobody where the folder is no id in lower case: %s", (path) => {
    expect(ownerOfPath(path)).toBeUndefined();
  });
});
