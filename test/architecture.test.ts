/** Reads all imports of the program and fails on those that go against the dependency direction (src/README.md). */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** A folder may import from its own row and the rows above it, but for the exceptions below. */
const rows: readonly (readonly string[])[] = [
  ["errors", "nearest"],
  ["nuget"],
  ["feed"],
  ["site", "search", "state"],
  ["templates", "store"],
  ["publish"],
  ["build", "mirror", "verify", "serve"],
  ["cli", "index"],
];

const exceptions: Readonly<Record<string, readonly string[]>> = {
  store: ["errors", "store"],
  templates: ["site", "templates"],
};

/** The same within `serve`: its folders, and the files beside them. */
const serveRows: readonly (readonly string[])[] = [
  ["http", "body"],
  ["auth", "files", "search"],
  ["app", "health", "private-feed", "recorded-settings", "request-log", "service-index"],
  ["publishing"],
  ["node", "worker"],
];

/** Each third-party package is used in one place only. */
const packages: Readonly<Record<string, RegExp>> = {
  fflate: /^nuget\/zip/,
  "fast-xml-parser": /^nuget\/nuspec/,
  "fast-glob": /^build\//,
  hono: /^(?:serve|templates)\//,
  "markdown-it": /^site\//,
  "highlight.js": /^site\//,
  minisearch: /^search\//,
  "@hono/node-server": /^serve\/node\//,
  yargs: /^cli\//,
};

/** Files and folders that need Node; everything else is compiled without it. */
const nodeOnly = readNodeOnly(readFileSync("src/tsconfig.web.json", "utf8"));

interface Import {
  readonly from: string;
  readonly to: string;
}

/** What runs in browsers has a compile of its own, and may use whatever may run there. */
const files = [...filesOf("src", ""), ...filesOf("templates", "templates/")].filter(
  (file) => !/^templates\/client\/|\.generated\.ts$/.test(file),
);
const imports = files.flatMap(importsOf);

function filesOf(folder: string, prefix: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => prefix + file.split(path.sep).join("/"));
}

function textOf(file: string): string {
  return readFileSync(file.startsWith("templates/") ? file : `src/${file}`, "utf8");
}

/** The file that an import leads to. Below `templates` the way to `src` begins one folder higher. */
function ownFile(from: string, specifier: string): string {
  const joined = path.posix.join(path.posix.dirname(from), specifier).replace(/^(?:\.\.\/)?(?:src\/)?/, "");
  return joined.replace(/\.js$/, files.includes(joined.replace(/\.js$/, ".tsx")) ? ".tsx" : ".ts");
}

function importsOf(from: string): Import[] {
  const text = textOf(from);
  const specifiers = text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm,
  );
  return [...specifiers].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    const isRelative = specifier.startsWith(".");
    return { from, to: isRelative ? ownFile(from, specifier) : specifier };
  });
}

function readNodeOnly(text: string): string[] {
  const { include, exclude }: { include: unknown; exclude: unknown } = JSON.parse(text);
  if (String(include) !== ".,../templates" || !Array.isArray(exclude))
    throw new Error("the web compile leaves out more");
  return exclude.map(String).filter((part) => !part.startsWith("../"));
}

function needsNode(file: string): boolean {
  return nodeOnly.some((part) => file === part || file.startsWith(`${part}/`));
}

function isOwn({ to }: Import): boolean {
  return files.includes(to);
}

function partOf(file: string): string {
  return file.split("/")[0]?.replace(/\.ts$/, "") ?? "";
}

function rowOf(part: string): number {
  return rows.findIndex((row) => row.includes(part));
}

/** @returns -1 for what has no row, and for what lies outside of `serve` */
function serveRowOf(file: string): number {
  const part = file.startsWith("serve/") ? partOf(file.slice("serve/".length)) : "";
  return serveRows.findIndex((row) => row.includes(part));
}

describe("the architecture", () => {
  test("has a row for every part", () => {
    expect(files.map(partOf).filter((part) => rowOf(part) === -1)).toEqual([]);
  });

  test("lets a file import from its own row and the rows above only", () => {
    const upward = imports.filter(isOwn).filter(({ from, to }) => {
      const allowed = exceptions[partOf(from)];
      return allowed === undefined ? rowOf(partOf(to)) > rowOf(partOf(from)) : !allowed.includes(partOf(to));
    });
    expect(upward).toEqual([]);
  });

  test("has a row for every part of serve", () => {
    expect(files.filter((file) => file.startsWith("serve/") && serveRowOf(file) === -1)).toEqual([]);
  });

  test("lets a file of serve import from its own row and the rows above only", () => {
    const upward = imports.filter(
      ({ from, to }) => from.startsWith("serve/") && serveRowOf(to) > serveRowOf(from),
    );
    expect(upward).toEqual([]);
  });

  test("imports nothing that is not there", () => {
    expect(
      imports.filter((edge) => /\.tsx?$/.test(edge.to) && !edge.to.endsWith(".generated.ts") && !isOwn(edge)),
    ).toEqual([]);
  });

  test("uses each third-party package in one place", () => {
    const thirdParty = imports.filter(
      (edge) => !isOwn(edge) && !edge.to.startsWith("node:") && !edge.to.endsWith(".generated.ts"),
    );
    const strays = thirdParty.filter(({ from, to }) => {
      const name = to
        .split("/")
        .slice(0, to.startsWith("@") ? 2 : 1)
        .join("/");
      return !packages[name]?.test(from);
    });
    expect(strays).toEqual([]);
  });

  test("keeps Node out of what also runs in workers", () => {
    const strays = imports.filter(
      ({ from, to }) => !needsNode(from) && (to.startsWith("node:") || needsNode(to)),
    );
    expect(strays).toEqual([]);
  });

  test("names nothing as Node's that is not there", () => {
    const stale = nodeOnly.filter(
      (part) => !files.some((file) => file === part || file.startsWith(`${part}/`)),
    );
    expect(stale).toEqual([]);
  });

  test("keeps files to one responsibility, about 350 lines at most", () => {
    const long = files.filter((file) => textOf(file).split("\n").length > 350);
    expect(long).toEqual([]);
  });

  test("starts each file with what it is responsible for", () => {
    const silent = files.filter(
      (file) =>
        !textOf(file)
          .replace(/^#!.*\n/, "")
          .startsWith("/**"),
    );
    expect(silent).toEqual([]);
  });

  test("has no circle of imports", () => {
    const targets = new Map(
      files.map((file) => [
        file,
        imports.filter((edge) => edge.from === file && isOwn(edge)).map(({ to }) => to),
      ]),
    );
    const done = new Set<string>();
    const circles: string[][] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file]);
      if (done.has(file) || trail.includes(file)) return;
      for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
