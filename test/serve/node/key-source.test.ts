import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FeedError } from "../../../src/errors.js";
import type { ApiKey } from "../../../src/serve/auth/api-key.js";
import { encodeKeyFile } from "../../../src/serve/auth/key-file.js";
import { watchKeyFile } from "../../../src/serve/node/key-source.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let file: string;

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  file = join(temporary.path, "keys.json");
});
afterEach(() => temporary.remove());

const ci: ApiKey = { name: "ci", hash: "0".repeat(64), scopes: ["push"], created: "2026-01-01T00:00:00Z" };
const alice: ApiKey = { ...ci, name: "alice", hash: "1".repeat(64) };

function watch() {
  const time = { now: 0 };
  const errors: FeedError[] = [];
  const read = watchKeyFile(file, { now: () => time.now, onError: (error) => void errors.push(error) });
  return { time, errors, read };
}

/** As `nupress key` does it. */
async function replace(keys: readonly ApiKey[]): Promise<void> {
  await writeFile(`${file}.new`, encodeKeyFile(keys));
  await rename(`${file}.new`, file);
}

describe("the keys of a file", () => {
  test("are what it holds", async () => {
    await replace([ci, alice]);
    expect(await watch().read()).toEqual([ci, alice]);
  });

  test("are none while there is no file", async () => {
    const { read, time, errors } = watch();
    expect(await read()).toEqual([]);
    await replace([ci]);
    time.now = 100;
    expect(await read()).toEqual([ci]);
    await rm(file);
    time.now = 2000;
    expect([await read(), errors]).toEqual([[], []]);
  });

  test("are the new ones a second after a change, also where it changed neither size nor time", async () => {
    await replace([ci]);
    const { read, time } = watch();
    expect(await read()).toEqual([ci]);
    await replace([{ ...ci, name: "cj" }]);
    time.now = 99;
    expect(await read()).toEqual([ci]);
    time.now = 100;
    expect(await read()).toEqual([{ ...ci, name: "cj" }]);
  });

  test("are the same objects as long as the file is the same", async () => {
    await replace([ci]);
    const { read, time } = watch();
    const before = await read();
    time.now = 5000;
    expect(await read()).toBe(before);
  });

  test("are read once for all who ask at the same time", async () => {
    await replace([ci]);
    const { read } = watch();
    const [first, ...others] = await Promise.all([read(), read(), read()]);
    for (const other of others) expect(other).toBe(first);
  });

  test("let nobody in while the file is broken, which is told once", async () => {
    await replace([ci]);
    const { read, time, errors } = watch();
    expect(await read()).toEqual([ci]);
    await writeFile(file, "{");
    for (const now of [100, 150, 200, 300]) {
      time.now = now;
      await expect(read()).rejects.toMatchObject({
        code: "keys-invalid",
        message: `Cannot read the keys of "${file}": it is not JSON`,
      });
    }
    expect(errors).toHaveLength(1);
    await writeFile(file, "{ }");
    time.now = 4000;
    await expect(read()).rejects.toMatchObject({ code: "keys-invalid" });
    expect(errors).toHaveLength(2);
    await replace([alice]);
    time.now = 5000;
    expect(await read()).toEqual([alice]);
  });

  test("cannot be read where a folder is in place of the file", async () => {
    const errors: FeedError[] = [];
    const read = watchKeyFile(temporary.path, { onError: (error) => void errors.push(error) });
    await expect(read()).rejects.toMatchObject({ code: "keys-unreadable" });
    await expect(read()).rejects.toMatchObject({ code: "keys-unreadable" });
    expect(errors).toHaveLength(1);
  });
});
