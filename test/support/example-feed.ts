/** The feed of example-packages/, built by the program and served to the real client. */
import { fileURLToPath } from "node:url";
import { runNupress } from "./nupress-process.js";
import { type RecordingServer, startRecordingServer } from "./recording-server.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

export const examplePackagesFolder = fileURLToPath(new URL("../../example-packages/", import.meta.url));

export interface ServedFeed {
  /** The output folder of the build. */
  readonly folder: string;
  /** URL of the service index. */
  readonly source: string;
  readonly server: RecordingServer;
  /** Ends the server and deletes the feed. */
  dispose(): Promise<void>;
}

/**
 * Builds the packages below `packagesFolder` (default the examples) for the address of a server of its own.
 *
 * @throws Error with what the program printed when it does not end with 0.
 */
export async function serveFeed(
  options: { readonly packagesFolder?: string; readonly buildFlags?: readonly string[] } = {},
): Promise<ServedFeed> {
  const { path: folder, remove } = await makeTemporaryFolder();
  const server = await startRecordingServer(folder);
  const dispose = async (): Promise<void> => {
    await server.close();
    await remove();
  };
  const packagesFolder = options.packagesFolder ?? examplePackagesFolder;
  const flags = ["--output", folder, "--base-url", server.url, ...(options.buildFlags ?? [])];
  const build = await runNupress(["build", packagesFolder, ...flags]);
  if (build.exitCode !== 0) {
    await dispose();
    throw new Error(
      `Cannot build ${packagesFolder}: exit code ${build.exitCode}\n${build.stdout}${build.stderr}`,
    );
  }
  return { folder, source: `${server.url}v3/index.json`, server, dispose };
}
