import { expect, test } from "vitest";
import { RefusedBuildError } from "../../../src/build/guards.js";
import { tellServeError } from "../../../src/cli/commands/serve-errors.js";
import { FeedError } from "../../../src/errors.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";

const verbosity = { json: false, quiet: false, verbose: false };

function told(error: unknown, request?: Request): string {
  const terminal = recordedTerminal();
  tellServeError(error, { terminal, verbosity }, request);
  expect(terminal.stdout()).toBe("");
  return terminal.stderr();
}

test("a failure is told with what to do", () => {
  const error = new FeedError("code", "Cannot do it", { hint: "do something else" });
  expect(told(error)).toBe("error: Cannot do it\nhint: do something else\n");
});

test("a refused build is told with what it was refused for", () => {
  const problem = { severity: "problem", file: "a.nupkg", code: "x", message: "a.nupkg is broken" } as const;
  expect(told(new RefusedBuildError("refused", "Cannot build the feed", [problem]))).toBe(
    "problem: a.nupkg is broken\nerror: Cannot build the feed\n",
  );
});

test("a request whose answer failed is told by its path, without what may be secret", () => {
  const request = new Request("http://localhost/v3/publish?apikey=secret", { method: "PUT" });
  const text = told(new Error("broken"), request);
  expect(text).toMatch(/^error: PUT \/v3\/publish: Error: broken\n/);
  expect(text).not.toContain("secret");
  expect(text).toContain("serve-errors.test");
});
