import { describe, expect, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import { planId } from "../../src/publish/plan-id.js";
import type { WantedOutput, Write } from "../../src/state/changes.js";
import { type IdState, isDirty } from "../../src/state/id-state.js";
import { idState } from "../support/publishing.js";
import { storedRecord, testDigest } from "../support/records.js";
import { testSettings } from "../support/render-feed.js";

const settingsDigest = testDigest("settings");
const one = storedRecord({ version: "1.0.0", readmeDigest: testDigest("readme") });
const two = storedRecord({ version: "2.0.0" });

const plan = async (state: IdState) => await planId(state, testSettings, settingsDigest, digest);

/** The id as it is once the plan was carried out. */
async function published(...records: Parameters<typeof idState>[0]): Promise<IdState> {
  return (await plan(await idState(records))).written;
}

const pathsOf = (writes: readonly Write<WantedOutput>[]) =>
  writes.map(({ kind, output }) => `${kind} ${output.path}`);

describe("the plan of a dirty id", () => {
  test("creates everything of a new one, in write order", async () => {
    const { contents, documents } = await plan(await idState([one]));
    expect(pathsOf(contents)).toEqual([
      "create v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
      "create v3/flat/contoso.core/1.0.0/contoso.core.nuspec",
      "create v3/flat/contoso.core/1.0.0/readme",
    ]);
    expect(pathsOf(documents)).toEqual([
      "create v3/registration/contoso.core/1.0.0.json",
      "create v3/registration/contoso.core/index.json",
      "create v3/registration-semver1/contoso.core/index.json",
      "create v3/flat/contoso.core/index.json",
    ]);
  });

  test("marks every path that is under way, and leaves the id dirty until all is written", async () => {
    const { intended, written, contents, documents } = await plan(await idState([one]));
    const paths = [...contents, ...documents].map(({ output }) => output.path).sort();
    expect(Object.keys(intended.outputs).sort()).toEqual(paths);
    expect(new Set(Object.values(intended.outputs))).toEqual(new Set(["?"]));
    expect(isDirty(intended, settingsDigest)).toBe(true);
    expect(Object.keys(written.outputs).sort()).toEqual(paths);
    expect(Object.values(written.outputs)).not.toContain("?");
    expect(isDirty(written, settingsDigest)).toBe(false);
  });

  test("writes only what a new version changes", async () => {
    const { contents, documents } = await plan(await idState([one, two], await published(one)));
    expect(pathsOf(contents)).toEqual([
      "create v3/flat/contoso.core/2.0.0/contoso.core.2.0.0.nupkg",
      "create v3/flat/contoso.core/2.0.0/contoso.core.nuspec",
    ]);
    expect(pathsOf(documents)).toEqual([
      "create v3/registration/contoso.core/2.0.0.json",
      "replace v3/registration/contoso.core/index.json",
      "replace v3/registration-semver1/contoso.core/index.json",
      "replace v3/flat/contoso.core/index.json",
    ]);
  });

  test("writes again what was cut short", async () => {
    const { intended } = await plan(await idState([one]));
    const { contents, documents } = await plan(intended);
    expect([...contents, ...documents].map(({ kind }) => kind)).toEqual(Array(7).fill("replace"));
  });

  test("keeps in mind what a version leaves behind, until it is deleted", async () => {
    const { contents, intended, written } = await plan(await idState([two], await published(one, two)));
    const left = [
      "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
      "v3/flat/contoso.core/1.0.0/contoso.core.nuspec",
      "v3/flat/contoso.core/1.0.0/readme",
      "v3/registration/contoso.core/1.0.0.json",
    ];
    expect(contents).toEqual([]);
    expect(Object.keys(intended.outputs)).toEqual(expect.arrayContaining(left));
    expect(written.obsolete).toEqual(left);
    expect(Object.keys(written.outputs).filter((path) => left.includes(path))).toEqual([]);
  });

  test("takes up again what was left behind and lies there still", async () => {
    const left = (await plan(await idState([two], await published(one, two)))).written;
    const { contents, written } = await plan(await idState([one, two], left));
    expect(pathsOf(contents)[0]).toBe("replace v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg");
    expect(written.obsolete).toBeUndefined();
  });

  test("of an id without versions wants nothing", async () => {
    const { contents, documents, written } = await plan(await idState([], await published(two)));
    expect([...contents, ...documents]).toEqual([]);
    expect(written.outputs).toEqual({});
    expect(written.obsolete).toHaveLength(6);
  });
});
