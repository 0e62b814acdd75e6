/** A plain static server over a folder that records what was asked of it. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { pipeline } from "node:stream/promises";

export interface RecordedRequest {
  readonly method: string;
  /** Decoded, without the leading slash and the query. */
  readonly path: string;
  readonly status: number;
}

export interface RecordingServer {
  /** Base URL with a slash at its end. */
  readonly url: string;
  /** All requests answered since the last {@link RecordingServer.forget}, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** Paths that were answered with 200. */
  pathsServed(): string[];
  forget(): void;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".html": "text/html; charset=utf-8",
  ".nuspec": "application/xml",
  ".nupkg": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  "": "text/markdown; charset=utf-8",
};

/** Serves `folder`, which may still be empty, on a free port of 127.0.0.1. Queries are ignored; GET and HEAD only. */
export async function startRecordingServer(folder: string): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const path = requestedPath(request);
    response.once("finish", () => {
      requests.push({ method: request.method ?? "", path, status: response.statusCode });
    });
    answer(folder, path, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    requests,
    pathsServed: () => requests.filter(({ status }) => status === 200).map(({ path }) => path),
    forget: () => requests.splice(0),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port");
  return address.port;
}

function requestedPath(request: IncomingMessage): string {
  return decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).slice(1);
}

async function answer(
  folder: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = join(folder, path);
  const size = file.startsWith(normalize(folder + sep)) ? await fileSize(file) : undefined;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405).end();
  } else if (size === undefined) {
    response.writeHead(404).end();
  } else {
    const type = contentTypes[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": size });
    if (request.method === "HEAD") response.end();
    else await pipeline(createReadStream(file), response);
  }
}

/** Undefined for what is not there or not a file. */
async function fileSize(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ? stats.size : undefined;
}
