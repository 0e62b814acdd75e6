/** A server that is killed while clients push, and started again: nothing that it accepted gets lost, nothing is half there. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lowerId, type PackageId } from "../../src/nuget/id.js";
import { partitionOf, partitionPath } from "../../src/state/layout.js";
import { openFolder } from "../../src/store/fs.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { type RunningNupress, runNupress, startNupress } from "../support/nupress-process.js";
import { buildPackage } from "../support/package-builder.js";
import { bodyOf } from "../support/publish-server.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const KILLS = 22;
const CLIENTS = 6;
const baseUrl = "https://feed.example.com/";

interface Pushed {
  readonly id: string;
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** How far a push came that was not answered, as far as the folder tells it. */
type Step = "nothing" | "staged" | "content" | "accepted" | "shown";

let temporary: TemporaryFolder;
let folder: string;
let server: RunningNupress | undefined;

beforeAll(async () => {
  temporary = await makeTemporaryFolder();
  folder = path.join(temporary.path, "feed");
});
afterAll(async () => {
  await server?.stop("SIGKILL");
  await temporary.remove();
});

async function start(): Promise<string> {
  const args = ["serve", folder, "--publish", "--port", "0", "--log", "off", "--base-url", baseUrl];
  server = await startNupress(args, /Package source {2}(\S+)v3\/index\.json[^]*Ctrl/);
  return server.ready[1] ?? "";
}

/** Some of one id, some alone; some with files of their own. */
function packageNumber(n: number): Pushed {
  const id = n % 4 === 0 ? `Contoso.Alone${n}` : `Contoso.Part${n % 3}`;
  const version = `1.${n}.0`;
  const readme = n % 2 === 0 ? { readme: { path: "README.md", content: `# Number ${n}` } } : {};
  const files = {
    "lib/net8.0/a.dll": new Uint8Array(n % 7 === 0 ? 300_000 : 100).map((_, at) => (at * n) % 251),
  };
  return { id, version, bytes: buildPackage({ id, version, files, ...readme }) };
}

/** @returns `undefined` when the connection broke before there was an answer */
async function push(url: string, { bytes }: Pushed): Promise<number | undefined> {
  try {
    const answer = await fetch(`${url}v3/publish`, { method: "PUT", body: bodyOf(bytes) });
    return answer.status;
  } catch {
    return undefined;
  }
}

async function isShown({ id, version }: Pushed): Promise<boolean> {
  const list = await readFile(path.join(folder, `v3/flat/${id.toLowerCase()}/index.json`), "utf8").catch(
    () => "",
  );
  return list.includes(`"${version}"`);
}

async function stepOf(pushed: Pushed): Promise<Step> {
  if (await isShown(pushed)) return "shown";
  const { id, version } = pushed;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: made by packageNumber
  const lower = lowerId(id as PackageId);
  const partition = path.join(folder, partitionPath(partitionOf(lower)));
  const lines = (await readFile(partition, "utf8").catch(() => "")).split("\n");
  if (lines.some((line) => line.includes(`"${lower}"`) && line.includes(`"version":"${version}"`)))
    return "accepted";
  if ((await packageOf(pushed)) !== undefined) return "content";
  return (await stagedFiles()).length > 0 ? "staged" : "nothing";
}

async function packageOf({ id, version }: Pushed): Promise<Uint8Array | undefined> {
  const lower = id.toLowerCase();
  const file = path.join(folder, `v3/flat/${lower}/${version}/${lower}.${version}.nupkg`);
  return await readFile(file).catch(() => undefined);
}

async function stagedFiles(): Promise<string[]> {
  return await readdir(path.join(folder, "feed-state/staging")).catch(() => []);
}

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test(`${KILLS} kills while ${CLIENTS} clients push`, async () => {
  const store = openFolder(folder);
  const accepted: Pushed[] = [];
  const steps = new Map<Step, number>();
  const statuses = new Set<number>();
  let unanswered: Pushed[] = [];
  let next = 1;

  const pushOne = async (url: string, pushed: Pushed): Promise<boolean> => {
    const status = await push(url, pushed);
    if (status === undefined) unanswered.push(pushed);
    else accepted.push(pushed);
    if (status !== undefined) statuses.add(status);
    return status !== undefined;
  };
  const client = async (url: string): Promise<void> => {
    while (await pushOne(url, packageNumber(next++)));
  };

  for (let kill = 0; kill < KILLS; kill++) {
    const url = await start();
    // As clients do: what was not answered is sent again.
    const again = unanswered;
    unanswered = [];
    for (const pushed of again) expect(await pushOne(url, pushed)).toBe(true);
    const clients = Array.from({ length: CLIENTS }, async () => await client(url));
    // The scheduled run follows a second after pushes, or ten after the first: some kills fall into it.
    await sleep(kill % 5 === 4 ? 1000 + kill * 10 : 10 + ((kill * 173) % 500));
    await server?.stop("SIGKILL");
    await Promise.all(clients);

    for (const pushed of unanswered) {
      const step = await stepOf(pushed);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    expect(await checkLinks(store, baseUrl), `links after kill ${kill}`).toEqual([]);
    for (const pushed of accepted) {
      const name = `${pushed.id} ${pushed.version} after kill ${kill}`;
      expect(await isShown(pushed), name).toBe(true);
      expect(hash((await packageOf(pushed)) ?? new Uint8Array()), name).toBe(hash(pushed.bytes));
    }
    if (kill % 8 !== 7 && kill !== KILLS - 1) continue;
    await start();
    expect(await server?.stop()).toBe(0);
    const verified = await runNupress(["verify", folder]);
    expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining("Nothing is wrong")]);
    expect(await checkFeed(store, baseUrl)).toEqual([]);
    expect(await stagedFiles()).toEqual([]);
  }
  expect(accepted.length).toBeGreaterThan(KILLS);
  expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
  const told = [...steps].map(([step, count]) => `${step} ${count}`).join(", ");
  console.log(`${accepted.length} pushes answered; those that a kill cut short had come to: ${told}`);
}, 300_000);
