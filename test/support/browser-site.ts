/** The web site of a real build, served by our own server below a path, as project pages of static hosts are. */
import { createServer } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { build } from "../../src/build/build.js";
import type { BuildReport } from "../../src/build/options.js";
import type { SiteSettings } from "../../src/feed/site-settings.js";
import { createFeedApp } from "../../src/serve/app.js";
import { openFolder } from "../../src/store/fs.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const mountPath = "/team/feed/";

export interface ServedSite extends AsyncDisposable {
  /** The output folder of the build. */
  readonly folder: string;
  /** Address of the home page, ending in `/`. */
  readonly url: string;
  readonly report: BuildReport;
}

/** Builds the packages below `sources` with a site, for the address at which it then stands. */
export async function serveSite(sources: readonly string[], site: SiteSettings = {}): Promise<ServedSite> {
  const temporary = await makeTemporaryFolder();
  const folder = join(temporary.path, "public");
  const app = createFeedApp(openFolder(folder), { mountPath });
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://localhost:${address.port}${mountPath}`;
  const settings = { baseUrl: url, folderFeed: false, staticSearch: 25, site };
  const report = await build({ sources, output: folder, settings, threads: 0 });
  return {
    folder,
    url,
    report,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await temporary.remove();
    },
  };
}
