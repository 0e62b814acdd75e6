/**
 * A folder of packages in which the built program runs.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { runNupress } from "./nupress-process.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";
import type { ProcessResult } from "./run-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "./temporary-folder.js";

export const baseUrl = "https://feeds.example.com/contoso/";

/** Variables of a process that is told nothing but these. */
export function environment(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], SystemRoot: process.env["SystemRoot"], ...variables };
}

export interface CommandFolder {
  /** The folder in which commands run. */
  readonly folder: () => string;
  /** Writes a package into its folder `packages`. */
  readonly addPackage: (options: PackageOptions) => Promise<void>;
  /** Writes any file into its folder `packages`. */
  readonly addFile: (name: string, content: string | Uint8Array) => Promise<void>;
  readonly nupress: (...args: readonly string[]) => Promise<ProcessResult>;
  /** Runs `nupress build` from `packages` into `public`. */
  readonly build: (...flags: readonly string[]) => Promise<ProcessResult>;
}

/** A fresh folder for each test. */
export function useCommandFolder(): CommandFolder {
  let temporary: TemporaryFolder | undefined;
  const folder = (): string => temporary?.path ?? "";

  beforeEach(async () => {
    temporary = await makeTemporaryFolder();
    await mkdir(join(folder(), "packages"));
  });
  afterEach(async () => await temporary?.remove());

  const addFile: CommandFolder["addFile"] = async (name, content) =>
    await writeFile(join(folder(), "packages", name), content);
  const nupress: CommandFolder["nupress"] = async (...args) =>
    await runNupress(args, { cwd: folder(), env: environment() });
  return {
    folder,
    addFile,
    addPackage: async (options) =>
      await addFile(`${options.id}.${options.version}.nupkg`, buildPackage(options)),
    nupress,
    build: async (...flags) =>
      await nupress("build", "packages", "--output", "public", "--base-url", baseUrl, ...flags),
  };
}
