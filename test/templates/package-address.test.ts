import { describe, expect, test } from "vitest";
import { packageAddress } from "../../templates/client/package-address.js";

describe("the address of a package's page", () => {
  test.each([
    ["Contoso.Core", "", "../packages/contoso.core/"],
    ["CONTOSO.core", "1.0", "../packages/contoso.core/#1.0.0"],
    ["contoso.core", "01.2.3.0-RC.1+build", "../packages/contoso.core/#1.2.3-rc.1"],
    [" Contoso.Core ", "latest", "../packages/contoso.core/"],
    ["İd.Größe", "2.0.0", "../packages/%C4%B0d.gr%C3%B6%C3%9Fe/#2.0.0"],
  ])("of %j in version %j is %s", (id, version, expected) => {
    expect(packageAddress("../", id, version)).toBe(expected);
  });

  test.each(["", "a b", "../x", "<script>", "a//b"])("is none for %j, which is no id", (id) => {
    expect(packageAddress("../", id)).toBeUndefined();
  });
});
