/** Commands that make no pages load no code that does, so that they start fast. */
import { build } from "esbuild";
import { expect, test } from "vitest";

test.each(["inspect", "unlock", "verify", "log", "key"])(
  "nupress %s starts without any code of pages",
  async (command) => {
    const inputs = await staticInputs(`src/cli/commands/${command}.ts`);
    expect(inputs).toContain(`src/cli/commands/${command}.ts`);
    expect(inputs.filter((file) => /^templates\/|markdown-it|highlight\.js|minisearch/.test(file))).toEqual(
      [],
    );
  },
);

test("nupress serve starts without what changes a feed", async () => {
  const inputs = await staticInputs("src/cli/commands/serve.ts");
  const changing = inputs.filter((file) => /^templates\/|^src\/(?:site|publish|build|verify)\//.test(file));
  const small = ["src/build/guards.ts", "src/publish/map-limit.ts", "src/publish/push/context.ts"];
  expect(changing.filter((file) => !small.includes(file))).toEqual([]);
});

/** The files that are loaded with a file, those that it may load later left out. */
async function staticInputs(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: "none",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind } of metafile.inputs[file]?.imports ?? [])
      if (kind !== "dynamic-import") visit(path);
  };
  visit(entry);
  return [...files];
}
