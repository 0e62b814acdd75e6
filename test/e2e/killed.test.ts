/** The real process, killed at times spread over its whole run: nothing gets lost, and the next run mends the rest. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/build/build.js";
import { openFolder } from "../../src/store/fs.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "../support/packages-fixture.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const KILLS = 50;
const module = pathToFileURL(fileURLToPath(new URL("../../dist/index.js", import.meta.url))).href;

/** Builds and says in which phase it is whenever that changes; the last word tells where a kill fell. */
const program = `
  import { writeSync } from "node:fs";
  import { build } from ${JSON.stringify(module)};
  const [sources, output, threads, settings] = process.argv.slice(1);
  let phase = "";
  const onProgress = (step) => {
    if (step.phase !== phase) writeSync(1, (phase = step.phase) + "\\n");
  };
  writeSync(1, "start\\n");
  const allowances = { allowMassRemoval: true, allowReplace: true };
  await build({ sources: [sources], output, settings: JSON.parse(settings), threads: Number(threads), onProgress, ...allowances });
  writeSync(1, "end\\n");
`;

describe("a build that is killed", () => {
  let feed: PackagesFixture;
  let temporary: TemporaryFolder;
  let output: string;

  beforeAll(async () => {
    feed = await makePackages();
    temporary = await makeTemporaryFolder();
    output = path.join(temporary.path, "public");
    for (let n = 0; n < 40; n++) await addVersion(n);
  });

  afterAll(async () => {
    await feed[Symbol.asyncDispose]();
    await temporary.remove();
  });

  const fileOf = (n: number) => `Contoso.Part${n % 17}.1.${n}.0.nupkg`;

  const addVersion = async (n: number) =>
    await feed.add({
      id: `Contoso.Part${n % 17}`,
      version: `1.${n}.0`,
      icon: { path: "icon.png", content: n % 3 === 0 ? tinyPng : new Uint8Array([...tinyPng, n % 5]) },
      readme: { path: "README.md", content: `# Part ${n}` },
    });

  /** Runs the program and kills it so long after its start; gives the phase that it was in, and how long it ran. */
  const run = async (threads: number, killAfter?: number): Promise<{ phase: string; took: number }> => {
    const args = [
      "--input-type=module",
      "-e",
      program,
      feed.folder,
      output,
      String(threads),
      JSON.stringify(settings),
    ];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    const closed = once(child, "close");
    await Promise.race([once(child.stdout, "data"), closed]);
    const start = performance.now();
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    const [code] = await closed;
    clearTimeout(timer);
    if (killAfter === undefined && code !== 0) throw new Error(`the build failed: ${errors}`);
    return { phase: text.trim().split("\n").at(-1) ?? "", took: performance.now() - start };
  };

  test(`at ${KILLS} times leaves a feed without a broken link, and the next run ends as a clean build`, async () => {
    const store = openFolder(output);
    let { took } = await run(0);
    const phases = new Map<string, number>();
    let [first, next] = [0, 40];
    for (let kill = 0; kill < KILLS; kill++) {
      for (let n = 0; n < 20; n++) await addVersion(next++);
      for (; first < next - 120; first++) await feed.remove(fileOf(first));
      const { phase } = await run(kill % 5 === 0 ? 2 : 0, (took * ((kill * 7) % KILLS)) / KILLS);
      phases.set(phase, (phases.get(phase) ?? 0) + 1);
      expect(await checkLinks(store, settings.baseUrl), `links after kill ${kill}, ${phase}`).toEqual([]);
      if (kill % 5 !== 4) continue;
      ({ took } = await run(0));
      const clean = createMemoryStore();
      await feed.build({}, clean);
      expect(await feed.tree(store), `after kill ${kill}, ${phase}`).toEqual(await feed.tree(clean));
      expect(await checkFeed(store, settings.baseUrl)).toEqual([]);
    }
    console.log(`killed in: ${[...phases].map(([phase, count]) => `${phase} ${count}`).join(", ")}`);
  }, 600_000);

  test("keeps the lock from nobody: the next one takes it over at once", async () => {
    await addVersion(1000);
    const { took } = await run(0);
    await addVersion(1001);
    await run(0, took * 0.8);
    await expect(build({ sources: [feed.folder], output, settings, threads: 0 })).resolves.toBeDefined();
  });
});
