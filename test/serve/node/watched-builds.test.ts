import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAudit } from "../../../src/publish/audit.js";
import { startServer } from "../../../src/serve/node/start-server.js";
import { openFolder } from "../../../src/store/fs.js";
import { checkFeed } from "../../support/feed-checker.js";
import { buildPackage, type PackageOptions } from "../../support/package-builder.js";
import { makePackages, type PackagesFixture } from "../../support/packages-fixture.js";
import {
  type FeedClient,
  newFeed,
  type StartOptions,
  usePublishServer,
} from "../../support/publish-server.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };
let packages: PackagesFixture;

beforeEach(async () => {
  packages = await makePackages(core);
});
afterEach(async () => await packages[Symbol.asyncDispose]());

interface Told {
  readonly versions: number;
  readonly ids: number;
}

/** Builds that were told, and a wait for one that fits. */
function toldBuilds() {
  const told: Told[] = [];
  let onTold = (): void => undefined;
  return {
    told,
    onBuild: (report: Told) => {
      told.push(report);
      onTold();
    },
    until: (fits: (report: Told) => boolean) =>
      new Promise<void>((resolve) => {
        onTold = () => void (told.some(fits) && resolve());
        onTold();
      }),
  };
}

async function watch(builds: ReturnType<typeof toldBuilds>, options: StartOptions = {}): Promise<FeedClient> {
  return await start({ watch: { folders: [packages.folder], onBuild: builds.onBuild }, ...options });
}

/** As careful programs write: under another name first. */
async function drop(options: PackageOptions): Promise<void> {
  const temporary = path.join(packages.folder, "..", `${options.id}.part`);
  await writeFile(temporary, buildPackage(options));
  await rename(temporary, path.join(packages.folder, `${options.id}.${options.version}.nupkg`));
}

test("the folder is built at the start, and again when something changes in it", async () => {
  const builds = toldBuilds();
  const { versions } = await watch(builds);
  expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  await drop({ ...core, version: "2.0.0" });
  await builds.until(({ versions }) => versions === 2);
  expect(await versions("contoso.core")).toEqual(["1.0.0", "2.0.0"]);
  builds.told.length = 0;
  await rm(path.join(packages.folder, "Contoso.Core.1.0.0.nupkg"));
  await builds.until(({ versions }) => versions === 1);
  expect(await versions("contoso.core")).toEqual(["2.0.0"]);
  expect(errors).toEqual([]);
});

test("search shows what a build brought", async () => {
  const builds = toldBuilds();
  const { json } = await watch(builds);
  expect(await json("v3/search/query?q=fabrikam")).toMatchObject({ totalHits: 0 });
  await drop({ id: "Fabrikam.Text", version: "1.0.0" });
  await builds.until(({ ids }) => ids === 2);
  expect(await json("v3/search/query?q=fabrikam")).toMatchObject({ totalHits: 1 });
});

test("pushes go on during builds, and nothing of either gets lost", async () => {
  const builds = toldBuilds();
  const { push, versions, close } = await watch(builds);
  const pushes = Array.from({ length: 20 }, async (_, n) => {
    if (n % 5 === 0) await drop({ id: `Contoso.Built${n}`, version: "1.0.0" });
    return (await push({ ...core, version: `2.${n}.0` })).status;
  });
  expect(await Promise.all(pushes)).toEqual(Array.from({ length: 20 }, () => 201));
  await builds.until(({ ids }) => ids === 5);
  expect(await versions("contoso.core")).toHaveLength(21);
  await close();
  expect(await checkFeed(openFolder(folder()), newFeed.baseUrl)).toEqual([]);
  expect(errors).toEqual([]);
});

test("a version that both hold is told to the owner, and the next build is as good as ever", async () => {
  const builds = toldBuilds();
  const { push, versions } = await watch(builds);
  expect((await push({ ...core, version: "2.0.0", description: "Pushed" })).status).toBe(201);
  await drop({ ...core, version: "2.0.0", description: "Built" });
  await vi.waitUntil(() => errors.length > 0, 10_000);
  expect(errors[0]).toMatchObject({ problems: [{ message: expect.stringContaining("2.0.0") }] });
  await rm(path.join(packages.folder, "Contoso.Core.2.0.0.nupkg"));
  await drop({ ...core, version: "3.0.0" });
  await builds.until(({ versions }) => versions === 3);
  expect(await versions("contoso.core")).toEqual(["1.0.0", "2.0.0", "3.0.0"]);
});

test("without publishing nothing is taken, and the folder is locked nevertheless", async () => {
  await (await start()).close();
  const builds = toldBuilds();
  const { push, isPublishing } = await watch(builds, { publish: false });
  expect([isPublishing, (await push(core)).status]).toEqual([false, 405]);
  const other = startServer({ folder: folder(), port: 0, publish: {} });
  await expect(other).rejects.toMatchObject({ code: "locked" });
  expect((await readAudit(openFolder(folder()))).lines).toEqual([]);
});

test("a folder that is not there is told, and built when it is there", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const missing = path.join(packages.folder, "later");
    const builds = toldBuilds();
    const { versions } = await start({ watch: { folders: [missing], onBuild: builds.onBuild } });
    await rename(packages.folder, `${packages.folder}-moved`);
    await mkdir(packages.folder);
    await rename(`${packages.folder}-moved`, missing);
    vi.advanceTimersByTime(30_000);
    await builds.until(({ ids }) => ids === 1);
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
    expect(errors.map(String)).toEqual([expect.stringContaining("there is no such folder")]);
  } finally {
    vi.useRealTimers();
  }
});

test("a package that cannot be built is told once", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    await writeFile(path.join(packages.folder, "broken.nupkg"), "no package");
    const builds = toldBuilds();
    await watch(builds);
    expect(builds.told).toHaveLength(1);
    vi.advanceTimersByTime(30_000);
    await drop({ ...core, version: "2.0.0" });
    await builds.until(({ versions }) => versions === 2);
    expect(builds.told).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});
