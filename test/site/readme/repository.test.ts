import { describe, expect, test } from "vitest";
import { repositoryHost, repositoryPage } from "../../../src/site/readme/repository.js";

describe("a repository's page", () => {
  test.each([
    ["https://github.com/contoso/core.git", "https://github.com/contoso/core"],
    ["git@github.com:contoso/core.git", "https://github.com/contoso/core"],
    ["git://github.com/contoso/core", "https://github.com/contoso/core"],
    ["ssh://git@git.example.com/core.git", "https://git.example.com/core"],
    ["git+https://github.com/contoso/core/", "https://github.com/contoso/core"],
    ["https://user:secret@git.example.com/core?x#y", "https://git.example.com/core"],
    ["javascript:alert(1)//github.com/a/b", undefined],
    ["C:\\code", undefined],
    [undefined, undefined],
  ])("of %s is %s", (url, page) => {
    expect(repositoryPage(url)).toBe(page);
  });
});

describe("the host of a repository", () => {
  test.each([
    [
      "https://github.com/o/r",
      "https://github.com/o/r/blob/HEAD/{path}",
      "https://github.com/o/r/tree/{commit}",
    ],
    [
      "https://gitlab.com/g/s/r",
      "https://gitlab.com/g/s/r/-/blob/HEAD/{path}",
      "https://gitlab.com/g/s/r/-/tree/{commit}",
    ],
    [
      "https://bitbucket.org/o/r.git",
      "https://bitbucket.org/o/r/src/HEAD/{path}",
      "https://bitbucket.org/o/r/src/{commit}/",
    ],
    [
      "https://o@dev.azure.com/o/p/_git/r",
      "https://dev.azure.com/o/p/_git/r?path=/{path}",
      "https://dev.azure.com/o/p/_git/r/commit/{commit}",
    ],
  ])("%s shows files and commits", (url, shown, commit) => {
    expect(repositoryHost(url)).toMatchObject({ shown, commit });
  });

  test.each(["https://github.com/o", "https://git.example.com/o/r", "https://github.com.evil.example/o/r"])(
    "%s is none that is known",
    (url) => {
      expect(repositoryHost(url)).toBeUndefined();
    },
  );
});
