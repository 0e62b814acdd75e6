import { describe, expect, test } from "vitest";
import { packageProblem, readPackage } from "../../src/build/read-package.js";
import { makePackages } from "../support/packages-fixture.js";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: failed, open 'a.nupkg'`), { code, syscall: "open" });
}

describe("a file that cannot be read", () => {
  test.each([
    ["ENOENT", "there is no such file"],
    ["ENOTDIR", "there is no such file"],
    ["EACCES", "permission denied"],
    ["EPERM", "permission denied"],
    ["EMFILE", "too many files are open"],
    ["EODD", "the file cannot be read (EODD)"],
  ])("is told in words (%s)", (code, reason) => {
    expect(packageProblem("a.nupkg", systemError(code))).toEqual({
      severity: "problem",
      code: "file-unreadable",
      file: "a.nupkg",
      message: `Cannot read package "a.nupkg": ${reason}`,
    });
  });

  test("is told as a folder when it is one", async () => {
    await using feed = await makePackages();
    const error = await readPackage(feed.folder).catch((error: unknown) => error);
    expect(packageProblem("packages", error)).toMatchObject({
      message: 'Cannot read package "packages": it is a folder, and a package is a file',
    });
  });

  test("is a defect when no file system said so", () => {
    const defect = new TypeError("x is undefined");
    expect(() => packageProblem("a.nupkg", defect)).toThrow(defect);
  });
});
