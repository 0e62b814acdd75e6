import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { buildPackage } from "../../support/package-builder.js";
import { bodyOf, usePublishServer } from "../../support/publish-server.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

/** What a client sees of an answer. */
async function seen(response: Response): Promise<object> {
  const text = await response.text();
  const { status, statusText, headers } = response;
  return { status, statusText, warning: headers.get("X-NuGet-Warning"), text };
}

describe.each(["v3/publish", "api/v2/package"])("at /%s", (place) => {
  test.each(["", "/"])("PUT with %j behind it takes a package: 201", async (slash) => {
    const { ask, versions } = await start();
    const answer = await ask(place + slash, { method: "PUT", body: bodyOf(core) });
    expect(await seen(answer)).toEqual({ status: 201, statusText: "Created", warning: null, text: "" });
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  });

  test.each(["", "/"])("POST with %j behind it pushes as PUT does", async (slash) => {
    const { ask, versions } = await start();
    expect((await ask(place + slash, { method: "POST", body: bodyOf(core) })).status).toBe(201);
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  });

  test.each(["", "/"])("DELETE and POST of a version with %j behind it unlist and relist", async (slash) => {
    const { ask, push, versions } = await start();
    await push(core);
    const path = `${place}/Contoso.Core/1.0.0${slash}`;
    expect(await seen(await ask(path, { method: "DELETE" }))).toMatchObject({ status: 204, warning: null });
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
    expect(await seen(await ask(path, { method: "POST" }))).toMatchObject({ status: 200, warning: null });
  });

  test.each([
    ["", "GET", "PUT, POST"],
    ["", "HEAD", "PUT, POST"],
    ["", "DELETE", "PUT, POST"],
    ["", "PATCH", "PUT, POST"],
    ["/Contoso.Core/1.0.0", "GET", "DELETE, POST"],
    ["/Contoso.Core/1.0.0", "PUT", "DELETE, POST"],
  ])("%j does not answer %s, and tells what it answers", async (rest, method, allow) => {
    const { ask } = await start();
    const answer = await ask(place + rest, { method });
    expect([answer.status, answer.headers.get("Allow")]).toEqual([405, allow]);
  });

  test.each(["", "/Contoso.Core"])("no request to %j is redirected", async (rest) => {
    const { ask } = await start();
    for (const method of ["PUT", "DELETE", "POST"])
      for (const slash of ["", "/"])
        expect((await ask(place + rest + slash, { method })).headers.get("Location")).toBeNull();
  });
});

describe("a push that is refused says why in body, reason phrase and warning", () => {
  const notAZip =
    "Cannot push the package: it is not a zip archive; push the .nupkg file that dotnet pack made";
  test.each<[what: string, body: Uint8Array, status: number, code: string, message: string]>([
    [
      "nothing",
      new Uint8Array(),
      400,
      "body-empty",
      "Cannot read the package in the request: there is nothing in its body",
    ],
    ["no zip", new Uint8Array(10).fill(65), 400, "not-a-zip", notAZip],
    ["three bytes of a zip", new Uint8Array([0x50, 0x4b, 3]), 400, "not-a-zip", notAZip],
    [
      "a package without nuspec",
      buildPackage({ ...core, nuspecName: null }),
      400,
      "nuspec-missing",
      "Cannot push the package: ",
    ],
    [
      "a version that is none",
      buildPackage({ ...core, version: "one" }),
      400,
      "nuspec-version",
      "Cannot push the package: ",
    ],
    [
      "an id that is none",
      buildPackage({ ...core, id: "a b" }),
      400,
      "nuspec-id",
      "Cannot push the package: ",
    ],
  ])("%s", async (_what, body, status, code, message) => {
    const { push } = await start();
    const answer = await push(body);
    const warning = answer.headers.get("X-NuGet-Warning") ?? "";
    expect(warning.startsWith(message)).toBe(true);
    const error: unknown = await answer.json();
    expect(error).toEqual({ error: { code, message: warning } });
    expect([answer.status, answer.statusText]).toEqual([status, warning]);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(errors).toEqual([]);
  });

  test("a version that is there, whatever its bytes: 409", async () => {
    const { push } = await start();
    await push(core);
    for (const again of [core, { ...core, description: "Other bytes" }]) {
      const answer = await push(again);
      const message = "The feed has Contoso.Core 1.0.0 already; give the package another version";
      expect([answer.status, answer.statusText]).toEqual([409, message]);
      expect(answer.headers.get("X-NuGet-Warning")).toBe(message);
      expect(await answer.json()).toEqual({ error: { code: "version-exists", message } });
    }
  });

  test.each(["contoso.core", "CONTOSO.CORE"])("the same version of the id written %s: 409", async (id) => {
    const { push } = await start();
    await push(core);
    expect((await push({ id, version: "1.0.0" })).status).toBe(409);
  });

  test.each(["1.0", "1.0.0.0", "1.0.0+build.5", "01.0.0"])(
    "the same version written %s: 409",
    async (version) => {
      const { push, versions } = await start();
      await push(core);
      expect((await push({ ...core, version })).status).toBe(409);
      expect(await versions("contoso.core")).toEqual(["1.0.0"]);
    },
  );

  test.each(["stated", "not stated"])("a body beyond the limit, its length %s: 413", async (length) => {
    const { push, versions } = await start({ publish: { largestBody: 100_000 } });
    const bytes = bodyOf({
      ...core,
      entries: [{ name: "a.dll", content: new Uint8Array(100_000), stored: true }],
    });
    const chunked = { body: new Blob([bytes]).stream(), duplex: "half" };
    const answer = await push(bytes, length === "stated" ? {} : chunked);
    const message =
      "Cannot read the package in the request: it is larger than the 100000 bytes that this feed takes";
    expect([answer.status, answer.statusText]).toEqual([413, message]);
    expect(await versions("contoso.core")).toBeUndefined();
    expect(await readdir(path.join(folder(), "feed-state/staging")).catch(() => [])).toEqual([]);
  });
});

describe("what a package should do better is told in warnings", () => {
  test("each in a header of its own, and the push is done", async () => {
    const { push } = await start();
    const answer = await push({ ...core, icon: { path: "icon.png" }, readme: { path: "README.md" } });
    expect(answer.status).toBe(201);
    const warnings = answer.headers.get("X-NuGet-Warning") ?? "";
    expect(warnings.split("Contoso.Core 1.0.0: ")).toHaveLength(3);
  });
});

describe("versions that are asked to be changed", () => {
  test.each([
    ["contoso.core", "1.0.0"],
    ["CONTOSO.CORE", "1.0"],
    ["Contoso.Core", "1.0.0.0"],
    ["Contoso.Core", "01.0.0"],
    ["Contoso.Core", "1.0.0+build.5"],
    ["Contoso.Core", "1.0.0%2Bbuild.5"],
    ["Contoso%2ECore", "1%2E0.0"],
  ])("are found as %s %s", async (id, version) => {
    const { ask, push } = await start();
    await push({ ...core, version: "1.0.0+build.4" });
    expect((await ask(`v3/publish/${id}/${version}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(`v3/publish/${id}/${version}`, { method: "POST" })).status).toBe(200);
  });

  test("a prerelease is found in any letter case", async () => {
    const { ask, push } = await start();
    await push({ ...core, version: "1.0.0-Beta.1" });
    expect((await ask("v3/publish/Contoso.Core/1.0.0-BETA.1", { method: "DELETE" })).status).toBe(204);
  });

  test("ids beyond ASCII are found, encoded", async () => {
    const { ask, push, versions } = await start();
    expect((await push({ id: "Müller.Straße", version: "1.0.0" })).status).toBe(201);
    expect(await versions(encodeURIComponent("müller.straße"))).toEqual(["1.0.0"]);
    const path = `v3/publish/${encodeURIComponent("MÜLLER.Straße")}/1.0.0`;
    expect((await ask(path, { method: "DELETE" })).status).toBe(204);
  });

  test.each([
    ["DELETE", "Contoso.Other/1.0.0", "The feed has no Contoso.Other 1.0.0"],
    ["DELETE", "Contoso.Core/2.0.0", "The feed has no Contoso.Core 2.0.0"],
    ["DELETE", "Contoso.Core/two", "The feed has no Contoso.Core two"],
    ["POST", "Contoso.Core/2.0.0", "The feed has no Contoso.Core 2.0.0"],
  ])("%s %s is unknown: 404", async (method, version, message) => {
    const { ask, push } = await start();
    await push(core);
    const answer = await ask(`v3/publish/${version}`, { method });
    expect([answer.status, answer.statusText]).toEqual([404, message]);
    expect(answer.headers.get("X-NuGet-Warning")).toBe(message);
    expect(await answer.json()).toEqual({ error: { code: "version-unknown", message } });
  });

  test("what is as it should be already is done", async () => {
    const { ask, push } = await start();
    await push(core);
    const path = "v3/publish/Contoso.Core/1.0.0";
    const statuses = [];
    for (const method of ["POST", "DELETE", "DELETE", "POST", "POST"])
      statuses.push((await ask(path, { method })).status);
    expect(statuses).toEqual([200, 204, 204, 200, 200]);
  });
});

test("a failure of the server is 500 without its reason, which whoever runs it is told", async () => {
  const { push } = await start({
    keys: () => {
      throw new Error("secret-detail");
    },
  });
  const answer = await push(core);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("secret-detail");
  expect(String(errors[0])).toContain("secret-detail");
});
