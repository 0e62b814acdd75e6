/** The real process, told to stop at a certain place: it ends properly, and the next run goes on. */
import { cp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { add } from "../../src/build/add.js";
import { openFolder } from "../../src/store/fs.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "../support/packages-fixture.js";
import type { ProcessResult } from "../support/run-process.js";
import { runStruck, type Strike } from "../support/struck-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const isWindows = process.platform === "win32";

let feed: PackagesFixture;
let temporary: TemporaryFolder;
/** A feed that is not up to date with the packages any more. */
let before: string;
let output: string;
let clean: Readonly<Record<string, string>>;

beforeAll(async () => {
  feed = await makePackages();
  temporary = await makeTemporaryFolder();
  before = path.join(temporary.path, "before");
  const addPackage = async (n: number): Promise<void> => {
    const icon = { path: "icon.png", content: new Uint8Array([...tinyPng, n % 3]) };
    await feed.add({ id: `Contoso.Part${n % 9}`, version: `1.${n}.0`, icon });
  };
  for (let n = 0; n < 27; n++) await addPackage(n);
  await feed.build({}, openFolder(before));
  for (let n = 0; n < 10; n++) await feed.remove(`Contoso.Part${n % 9}.1.${n}.0.nupkg`);
  for (let n = 40; n < 50; n++) await addPackage(n);
  const store = createMemoryStore();
  await feed.build({}, store);
  clean = await feed.tree(store);
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
  await temporary.remove();
});

beforeEach(async () => {
  output = path.join(temporary.path, "public");
  await cp(before, output, { recursive: true });
});
afterEach(async () => await rm(output, { recursive: true }));

const buildArgs = (): string[] => [
  "build",
  feed.folder,
  "--output",
  output,
  "--base-url",
  settings.baseUrl,
  "--no-site",
];

const signalled = async (args: readonly string[], place: Strike): Promise<ProcessResult> =>
  await runStruck(args, { signals: "SIGINT", ...place });

/** What a process leaves that ended properly. */
async function expectWhole(store: Store): Promise<void> {
  expect(await checkLinks(store, settings.baseUrl)).toEqual([]);
  expect(await store.stat("feed-state/lock")).toBeUndefined();
}

const buildPlaces: readonly (Strike & { readonly phase: string; readonly more?: readonly string[] })[] = [
  { phase: "start", calls: "open openSync readFile readFileSync", path: "feed-state/feed.json$" },
  { phase: "scan", calls: "lstat stat readdir opendir lstatSync statSync readdirSync", path: "packages" },
  { phase: "inspection", calls: "openSync", path: String.raw`packages/.*\.nupkg$`, signals: "SIGTERM" },
  { phase: "lock", calls: "openSync", path: "feed-state/" },
  { phase: "packages", calls: "openSync", path: String.raw`public/v3/flat/.*\.nupkg$` },
  { phase: "documents", calls: "openSync", path: "public/v3/registration/", signals: "SIGTERM" },
  { phase: "fold", calls: "openSync", path: "public/v3/search/" },
  { phase: "deletion", calls: "unlinkSync", path: "public/v3/flat/", signals: "SIGTERM" },
  { phase: "packages in threads", calls: "openSync", path: "public/v3/flat/", more: ["--threads", "2"] },
];

describe.skipIf(isWindows)("a build that is told to stop (not on Windows, which has no signals)", () => {
  test.for(buildPlaces)(
    "at the $phase ends with 130, and the next one ends as a clean build",
    async (place) => {
      const { exitCode, stderr } = await signalled([...buildArgs(), ...(place.more ?? [])], place);
      expect(exitCode).toBe(130);
      expect(stderr).toContain("run the command again to go on");
      const store = openFolder(output);
      await expectWhole(store);
      await feed.build({}, store);
      expect(await feed.tree(store)).toEqual(clean);
      expect(await checkFeed(store, settings.baseUrl)).toEqual([]);
    },
  );

  test("twice ends at once, and the next one goes on nevertheless", async () => {
    const place = { calls: "openSync", path: "public/v3/flat/", signals: "SIGINT SIGTERM" };
    const { exitCode, stderr } = await signalled(buildArgs(), place);
    expect(exitCode).toBe(130);
    expect(stderr).not.toContain("Interrupted");
    const store = openFolder(output);
    expect(await store.stat("feed-state/lock")).toBeDefined();
    expect(await checkLinks(store, settings.baseUrl)).toEqual([]);
    await feed.build({}, store);
    expect(await feed.tree(store)).toEqual(clean);
  });

  test("while it waits for another writer ends at once", async () => {
    const until = new Date(Date.now() + 60_000).toISOString();
    const holder = { host: "elsewhere", pid: 1, instance: "x" };
    await writeFile(path.join(output, "feed-state/lock"), JSON.stringify({ holder, since: until, until }));
    const { exitCode } = await signalled([...buildArgs(), "--lock-timeout", "60"], {
      calls: "open openSync",
      path: "feed-state/lock$",
    });
    expect(exitCode).toBe(130);
  });
});

describe.skipIf(isWindows)("add that is told to stop (not on Windows)", () => {
  const file = "Contoso.Part1.1.46.0.nupkg";

  test.for<Strike & { readonly phase: string }>([
    { phase: "start", calls: "open openSync readFile readFileSync", path: "feed-state/feed.json$" },
    { phase: "inspection", calls: "openSync", path: `${file}$`, signals: "SIGTERM" },
    { phase: "package", calls: "openSync", path: "public/v3/flat/" },
    { phase: "documents", calls: "openSync", path: "public/v3/registration/", signals: "SIGTERM" },
    { phase: "fold", calls: "open openSync", path: "public/v3/search/shards/0" },
  ])("at the $phase ends with 130, and the next one goes on", async (place) => {
    const args = ["add", path.join(feed.folder, file), "--output", output];
    expect((await signalled(args, place)).exitCode).toBe(130);
    const store = openFolder(output);
    await expectWhole(store);
    await add({ packages: [path.join(feed.folder, file)], output });
    expect(await checkFeed(store, settings.baseUrl)).toEqual([]);
    expect((await verifyStore(store)).findings).toEqual([]);
  });
});

describe.skipIf(isWindows)("verify that is told to stop (not on Windows)", () => {
  test.for<Strike & { readonly phase: string; readonly more?: readonly string[] }>([
    { phase: "state", calls: "openSync", path: "feed-state/feed.json$" },
    { phase: "packages", calls: "openSync", path: "public/v3/flat/", signals: "SIGTERM" },
    { phase: "packages, in threads", calls: "openSync", path: "public/v3/flat/", more: ["--threads", "2"] },
  ])("at the $phase ends with 130", async ({ more = [], ...place }) => {
    const { exitCode, stdout } = await signalled(["verify", output, ...more], place);
    expect([exitCode, stdout]).toEqual([130, ""]);
  });

  test("in the middle of a repair ends with 130, and the next one goes on", async () => {
    const sound = await feed.tree(openFolder(output));
    await rm(path.join(output, "feed-state/packages"), { recursive: true });
    const { exitCode } = await signalled(["verify", output, "--repair"], {
      calls: "openSync",
      path: String.raw`public/v3/registration/.*\.tmp$`,
    });
    expect(exitCode).toBe(130);
    const store = openFolder(output);
    await expectWhole(store);
    expect((await verifyStore(store, { repair: true })).findings).toEqual([]);
    expect(await feed.tree(store)).toEqual(sound);
  });
});
