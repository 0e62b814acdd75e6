import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FolderWatch, watchFolder } from "../../../src/serve/node/watch-folder.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let watching: FolderWatch | undefined;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  temporary = await makeTemporaryFolder();
});
afterEach(async () => {
  watching?.close();
  vi.useRealTimers();
  await temporary.remove();
});

const onChange = vi.fn<() => void>();
afterEach(() => void onChange.mockClear());

function start(folder: string): void {
  watching = watchFolder(folder, { onChange, quiet: 20 });
}

test.each(["a.nupkg", "below/deeper/a.nupkg"])("a file that comes as %s is told", async (file) => {
  const place = path.join(temporary.path, file);
  await mkdir(path.dirname(place), { recursive: true });
  start(temporary.path);
  await writeFile(place, "a");
  await expect.poll(() => onChange.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
});

test("a change that nobody noticed is told by and by", () => {
  start(temporary.path);
  vi.advanceTimersByTime(90_000);
  expect(onChange).toHaveBeenCalledTimes(3);
});

test("a folder that comes later is watched then", async () => {
  const folder = path.join(temporary.path, "later");
  start(folder);
  await mkdir(folder);
  vi.advanceTimersByTime(30_000);
  expect(onChange).toHaveBeenCalledTimes(1);
  await writeFile(path.join(folder, "a.nupkg"), "a");
  await expect.poll(() => onChange.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(1);
});

test("nothing is told once it is closed", async () => {
  start(temporary.path);
  await writeFile(path.join(temporary.path, "a.nupkg"), "a");
  watching?.close();
  vi.advanceTimersByTime(90_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(onChange).not.toHaveBeenCalled();
});
