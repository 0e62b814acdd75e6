/** What pushes that stop coming keep others from. */
import { expect, test, vi } from "vitest";
import { DEFAULT_PARALLEL } from "../../../src/serve/publishing/publishing.js";
import { openFolder } from "../../../src/store/fs.js";
import { usePublishServer } from "../../support/publish-server.js";
import { rawClient } from "../../support/raw-http.js";

// A minute is too long for a test; what is sent whole comes much sooner than this.
vi.mock("../../../src/serve/publishing/publishing.js", async (original) => ({
  ...(await original<object>()),
  DEFAULT_STALL: 2000,
}));

const { start, folder, errors } = usePublishServer();

test("pushes that stop coming are answered 408, leave nothing, and let those through that wait", async () => {
  const { port, push, versions } = await start();
  const clients = Array.from({ length: DEFAULT_PARALLEL.parallel }, () => rawClient(port));
  for (const client of clients) {
    const head = `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nExpect: 100-continue\r\n`;
    await client.send(`${head}Content-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n`);
    // Somebody reads its body: it has its place.
    await client.receive(/100 Continue/);
    await client.send("PK\u0003\u0004 and then nothing");
  }
  expect((await push({ id: "Contoso.Core", version: "1.0.0" })).status).toBe(201);
  for (const client of clients) {
    expect(await client.receive(/HTTP\/1.1 408/)).toContain("body-stalled");
    client.destroy();
  }
  expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  for await (const { path } of openFolder(folder()).list("feed-state/staging/")) expect.unreachable(path);
  expect(errors).toEqual([]);
});
