/** The real process where the machine runs out of something, or where somebody takes folders away meanwhile. */
import { execFileSync } from "node:child_process";
import { chmod, mkdir, rename, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFolder } from "../../src/store/fs.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { runNupress } from "../support/nupress-process.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";
import { runProcess } from "../support/run-process.js";
import { runStruck } from "../support/struck-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const mainPath = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const isWindows = process.platform === "win32";

let feed: PackagesFixture;
let temporary: TemporaryFolder;
let output: string;

beforeEach(async () => {
  feed = await makePackages();
  temporary = await makeTemporaryFolder();
  output = path.join(temporary.path, "public");
});
afterEach(async () => {
  await feed[Symbol.asyncDispose]();
  await temporary.remove();
});

/** Versions of ten ids. */
async function addPackages(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) await feed.add({ id: `Contoso.Part${n % 10}`, version: `1.${n}.0` });
}

const buildArgs = (): string[] => [
  "build",
  feed.folder,
  "--output",
  output,
  "--base-url",
  settings.baseUrl,
  "--no-site",
];

/** The feed is just what a clean build makes of the packages as they are now. */
async function expectClean(): Promise<void> {
  const store = openFolder(output);
  const clean = createMemoryStore();
  await feed.build({}, clean);
  expect(differences(await feed.tree(store), await feed.tree(clean))).toEqual([]);
  expect(await checkFeed(store, settings.baseUrl)).toEqual([]);
}

type Tree = Readonly<Record<string, string>>;

/** Paths that are only in one of two trees, or differ. */
function differences(one: Tree, other: Tree): string[] {
  return Object.keys({ ...one, ...other }).filter((file) => one[file] !== other[file]);
}

describe.skipIf(isWindows)("with at most 256 open files (not on Windows, which has no such limit)", () => {
  test.for([0, 2])("600 packages become a feed with %i threads", async (threads) => {
    await addPackages(0, 600);
    const args = [process.execPath, mainPath, ...buildArgs(), "--threads", String(threads)];
    const result = await runProcess("sh", ["-c", 'ulimit -n 256 && exec "$@"', "sh", ...args]);
    const holds = expect.stringContaining("600 versions of 10 ids");
    expect(result).toMatchObject({ exitCode: 0, stderr: "", stdout: holds });
  });
});

describe("on a disk that is full", () => {
  let place: string;
  let reason: string | undefined;

  /** A file system of its own; only an administrator may have one. */
  const mount = (): void => {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=40m", "tmpfs", place], { stdio: "pipe" });
    } catch (error) {
      reason = `no file system can be mounted here: ${String(error).trim()}`;
    }
  };
  const remount = (options: string): void => void execFileSync("mount", ["-o", `remount,${options}`, place]);
  const enlarge = (): void => remount("size=40m,nr_inodes=0");
  /** Leaves room for so much more. */
  const leave = async (room: { readonly bytes: number } | { readonly files: number }): Promise<void> => {
    const { blocks, bfree, bsize, files, ffree } = await statfs(place);
    if ("bytes" in room) remount(`size=${(blocks - bfree) * bsize + room.bytes}`);
    else remount(`nr_inodes=${files - ffree + room.files}`);
  };

  beforeEach(async () => {
    place = path.join(temporary.path, "disk");
    output = path.join(place, "public");
    reason = undefined;
    await mkdir(place);
    mount();
  });
  afterEach(() => {
    if (reason === undefined) execFileSync("umount", [place]);
  });

  test.for([
    ["hardly any space", { bytes: 24 * 1024 }],
    ["some space", { bytes: 400 * 1024 }],
    ["room for few files", { files: 60 }],
  ] as const)(
    "with %s left, the file is named, what was there stays whole, and the next build goes on",
    async ([, room], { skip }) => {
      skip(reason !== undefined, reason);
      await addPackages(0, 20);
      await feed.build({}, openFolder(output));
      await addPackages(20, 80);
      await leave(room);
      const { exitCode, stderr } = await runNupress(buildArgs());
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: Cannot write "[^"]+" in "[^"]+": no space left\nhint: free some space and run/,
      );
      expect(await checkLinks(openFolder(output), settings.baseUrl)).toEqual([]);
      expect(await openFolder(output).stat("feed-state/lock")).toBeUndefined();
      enlarge();
      expect((await runNupress(buildArgs())).exitCode).toBe(0);
      await expectClean();
    },
  );

  test("a repair says so as well, and the next one goes on", async ({ skip }) => {
    skip(reason !== undefined, reason);
    await addPackages(0, 40);
    await feed.build({}, openFolder(output));
    await rm(path.join(output, "v3/registration"), { recursive: true });
    await leave({ bytes: 80 * 1024 });
    const { exitCode, stderr } = await runNupress(["verify", output, "--repair"]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^error: Cannot write ".*no space left/)]);
    enlarge();
    expect((await verifyStore(openFolder(output), { repair: true })).findings).toEqual([]);
    await expectClean();
  });
});

describe.skipIf(isWindows)(
  "when the packages folder vanishes (not on Windows, which keeps open folders)",
  () => {
    const phases = [
      ["while it is scanned", { calls: "stat", path: "packages$" }],
      ["while packages are read", { calls: "openSync", path: String.raw`packages/.*\.nupkg$` }],
      ["while packages are copied", { calls: "openSync", path: String.raw`public/v3/flat/.*\.nupkg$` }],
    ] as const;

    test.for(phases)("%s, nothing of the feed is lost, and the next build goes on", async ([, place]) => {
      await addPackages(0, 20);
      await feed.build({}, openFolder(output));
      await addPackages(20, 40);
      const away = `${feed.folder}-away`;
      await rename(feed.folder, away);
      // The folder that vanishes is a copy, so that it can come back with its times.
      execFileSync("cp", ["-a", away, feed.folder]);
      const { exitCode, stderr } = await runStruck(buildArgs(), { ...place, remove: feed.folder });
      expect([1, 2, 3]).toContain(exitCode);
      expect(stderr).toMatch(/^(?:error|problem): Cannot .*(?:packages|\.nupkg)/m);
      expect(stderr).not.toContain("defect");
      const store = openFolder(output);
      expect(await checkLinks(store, settings.baseUrl)).toEqual([]);
      const list = await store.read("v3/flat/contoso.part3/index.json");
      expect(new TextDecoder().decode(list?.bytes)).toContain('"1.3.0","1.13.0"');
      await rename(away, feed.folder);
      expect((await runNupress(buildArgs())).exitCode).toBe(0);
      await expectClean();
    });
  },
);

describe("when the output folder vanishes", () => {
  test("before the first write, it is made again", async () => {
    await addPackages(0, 10);
    await feed.build({}, openFolder(output));
    await addPackages(10, 40);
    const place = { calls: "openSync", path: "feed-state/lock$", remove: output };
    expect((await runStruck(buildArgs(), place)).exitCode).toBe(0);
    await expectClean();
  });

  test.for([
    ["in the middle", String.raw`public/v3/flat/contoso.part7/.*\.nupkg$`],
    ["at the end", "public/v3/search/"],
  ] as const)("%s, the build does not say that all is well, and what to do", async ([, pattern]) => {
    await addPackages(0, 10);
    await feed.build({}, openFolder(output));
    await addPackages(10, 40);
    const { exitCode, stderr } = await runStruck(buildArgs(), {
      calls: "openSync",
      path: pattern,
      remove: output,
    });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^error: Cannot tell .*\nhint: run the command again, then nupress verify/m);
    await feed.build({}, openFolder(output));
    await verifyStore(openFolder(output), { repair: true });
    await feed.build({}, openFolder(output));
    await expectClean();
  });
});

describe.skipIf(isWindows)(
  "a package that may not be read (not on Windows, which has other permissions)",
  () => {
    const nobody = 65534;

    test("is a problem that names it, and the others go on", async ({ skip }) => {
      await addPackages(0, 3);
      await chmod(path.join(feed.folder, "Contoso.Part1.1.1.0.nupkg"), 0);
      const isAdministrator = process.getuid?.() === 0;
      const run = ["-p", temporary.path, path.dirname(feed.folder)];
      if (isAdministrator) {
        execFileSync("chown", ["-R", String(nobody), ...run.slice(1)]);
        const user = { uid: nobody, gid: nobody };
        try {
          execFileSync(process.execPath, [mainPath, "--version"], { ...user, stdio: "pipe" });
        } catch (error) {
          skip(true, `another user cannot run the program from here: ${String(error)}`);
        }
      }
      const start = isAdministrator ? ["setpriv", `--reuid=${nobody}`, "--clear-groups"] : [];
      const [file = process.execPath, ...args] = [...start, process.execPath, mainPath, ...buildArgs()];
      const { exitCode, stderr } = await runProcess(file, args);
      expect(stderr).toMatch('problem: Cannot read package "Contoso.Part1.1.1.0.nupkg": permission denied');
      expect(exitCode).toBe(3);
      expect(await checkFeed(openFolder(output), settings.baseUrl)).toEqual([]);
    });
  },
);
