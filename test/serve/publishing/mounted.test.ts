import { afterEach, beforeEach, expect, test } from "vitest";
import { property } from "../../../src/feed/parsed-json.js";
import { createFeedApp } from "../../../src/serve/app.js";
import type { Gate } from "../../../src/serve/auth/gate.js";
import { type FolderChanges, openFolderChanges } from "../../../src/serve/node/folder-changes.js";
import { recordedSettings } from "../../../src/serve/recorded-settings.js";
import { createLiveSearch } from "../../../src/serve/search/live-search.js";
import { openFolder } from "../../../src/store/fs.js";
import { bodyOf, newFeed } from "../../support/publish-server.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

/** Apps of others mount a feed below a path of their own. */
let temporary: TemporaryFolder;
let changes: FolderChanges;
let ask: (path: string, init?: RequestInit) => Promise<Response>;

const admit: Gate = async () => await Promise.resolve({ kind: "admitted", name: "ci" });

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  const store = openFolder(temporary.path);
  const onError = (error: unknown): void => {
    throw error;
  };
  const search = createLiveSearch(store, { onError });
  changes = await openFolderChanges(store, {
    folder: temporary.path,
    search,
    publish: { newFeed },
    isOpenWithoutKeys: false,
    onError,
  });
  const settings = recordedSettings(store);
  const app = createFeedApp(store, {
    mountPath: "/feed/",
    feedBaseUrl: newFeed.baseUrl,
    gate: admit,
    dynamic: { settings, search, publishing: changes.publishing },
    onError,
  });
  ask = async (path, init) => await app.fetch(new Request(`https://example.com${path}`, init));
});

afterEach(async () => {
  await changes.close();
  await temporary.remove();
});

const push = (path: string): Promise<Response> =>
  ask(path, { method: "PUT", body: bodyOf({ id: "Contoso.Core", version: "1.0.0" }) });

test.each(["/feed/v3/publish", "/feed/v3/publish/", "/feed/api/v2/package/"])(
  "a feed below a path takes pushes at %s",
  async (path) => {
    expect((await push(path)).status).toBe(201);
    const list = await ask("/feed/v3/flat/contoso.core/index.json");
    expect(property(await list.json(), "versions")).toEqual(["1.0.0"]);
    const answer = await ask("/feed/v3/search/query?q=contoso");
    expect(property(await answer.json(), "totalHits")).toBe(1);
    const unlisted = await ask("/feed/v3/publish/contoso.core/1.0.0", { method: "DELETE" });
    expect(unlisted.status).toBe(204);
  },
);

test("its addresses hold the path", async () => {
  await push("/feed/v3/publish");
  const index = await (await ask("/feed/v3/index.json")).text();
  expect(index).toContain('"https://example.com/feed/v3/publish"');
  expect(index).toContain('"https://example.com/feed/v3/search/query"');
  const list = await (await ask("/feed/v3/registration/contoso.core/index.json")).text();
  expect(list).toContain('"https://example.com/feed/v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg"');
});

test.each(["/v3/publish", "/api/v2/package", "/feedv3/publish"])(
  "%s is none of its addresses",
  async (path) => {
    expect((await push(path)).status).toBe(405);
    expect((await ask("/feed/v3/flat/contoso.core/index.json")).status).toBe(404);
  },
);

test("health is told below the path", async () => {
  expect((await ask("/feed/health/live")).status).toBe(200);
  expect((await ask("/health/live")).status).toBe(404);
});

test.each(["/my%20feed/", "/%C3%A9/", "/100%/", "/a:b/"])(
  "a feed below %s answers there",
  async (mountPath) => {
    const store = openFolder(temporary.path);
    const settings = recordedSettings(store);
    const app = createFeedApp(store, { mountPath, dynamic: { settings, search: createLiveSearch(store) } });
    for (const path of ["v3/index.json", "v3/search/query", "v3/search/autocomplete/", "health/ready"]) {
      expect((await app.fetch(new Request(`https://example.com${mountPath}${path}`))).status).toBe(200);
    }
  },
);
