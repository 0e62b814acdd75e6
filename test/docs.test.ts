/** The documentation names what there is. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { addCommand } from "../src/cli/commands/add.js";
import { buildCommand } from "../src/cli/commands/build.js";
import { inspectCommand } from "../src/cli/commands/inspect.js";
import { keyCommand } from "../src/cli/commands/key.js";
import { logCommand } from "../src/cli/commands/log.js";
import { serveCommand } from "../src/cli/commands/serve.js";
import { unlockCommand } from "../src/cli/commands/unlock.js";
import { verifyCommand } from "../src/cli/commands/verify.js";
import { exitCodeHelp } from "../src/cli/exit-code.js";
import { FACT_KEYS } from "../src/feed/parse-facts.js";
import * as library from "../src/index.js";

const readme = readFileSync("README.md", "utf8");
const layout = readFileSync("src/README.md", "utf8");

describe("the README", () => {
  test.for([
    buildCommand,
    addCommand,
    serveCommand,
    inspectCommand,
    unlockCommand,
    verifyCommand,
    logCommand,
    keyCommand,
  ])("tells of nupress $name", ({ name }) => {
    expect(readme).toContain(`### \`nupress ${name}`);
  });

  test.for(buildCommand.flags.map(({ name }) => `--${name}`))("tells of nupress build %s", (flag) => {
    expect(readme).toMatch(new RegExp(`${flag}\\b`));
  });

  test.for(serveCommand.flags.map(({ name }) => `--${name}`))("tells of nupress serve %s", (flag) => {
    const section = readme.split("### `nupress serve")[1]?.split("\n### ")[0];
    expect(section).toMatch(new RegExp(`${flag}\\b`));
  });

  test.for([...FACT_KEYS])("tells of the fact %s", (fact) => {
    expect(readme).toContain(`\`${fact}\``);
  });

  test.for(["build", "add", "FeedError"])("tells of %s in the library", (name) => {
    const section = readme.split("### As a library")[1]?.split("\n## ")[0];
    expect(section).toMatch(new RegExp(`\\b${name}\\b`));
    expect(library).toHaveProperty(name);
  });

  test("tells every exit code as the help does", () => {
    const rows = readme.replaceAll("`", "").replace(/ +/g, " ");
    for (const [, code, text] of exitCodeHelp.matchAll(/^ {2}(\d+) +(.+)$/gm)) {
      expect(rows).toContain(`| ${code} | ${text} |`);
    }
  });
});

describe("src/README.md", () => {
  test.for(["nuget", "feed", "state", "store", "publish", "build", "verify", "serve", "cli"])(
    "tells of %s/",
    (folder) => {
      expect(layout).toContain(`\`${folder}/\``);
    },
  );

  test("names files that are there", () => {
    const named = [...layout.matchAll(/`([a-z]+\/[\w-]+\.ts)`/g)].map(([, file]) => `src/${file}`);
    expect(named).toContain("src/build/scan.ts");
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe("docs/cloudflare.md", () => {
  const page = readFileSync("docs/cloudflare.md", "utf8");
  const environment = readFileSync("src/serve/worker/environment.ts", "utf8");
  const example = readFileSync("examples/cloudflare/wrangler.jsonc", "utf8");
  const variables = [...environment.matchAll(/readonly (NUPRESS_\w+)\?:/g)].map(([, name]) => name);

  test("tells of every variable of the worker, and of no other", () => {
    expect(variables).toContain("NUPRESS_BASE_URL");
    const rows = [...page.matchAll(/^\| `(NUPRESS_\w+)` +\|/gm)].map(([, name]) => name);
    expect(new Set(rows)).toEqual(new Set(variables));
  });

  test("and the file that users copy name the same bucket and the same variables", () => {
    const inFile = [...example.matchAll(/"(NUPRESS_\w+)":/g)].map(([, name]) => name);
    expect(inFile.filter((name) => !variables.includes(name))).toEqual([]);
    const bucket = /"bucket_name": "([\w-]+)"/.exec(example)?.[1];
    expect(page).toContain(`r2 bucket create ${bucket}\n`);
  });
});

describe("links", () => {
  const pages = ["README.md", "src/README.md", ...readdirSync("docs").map((name) => `docs/${name}`)];

  test.for(pages)("of %s lead to files and headings that are there", (page) => {
    const links = [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
    const broken = links.filter(([, file, heading]) => !leadsSomewhere(page, file ?? "", heading));
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

function leadsSomewhere(page: string, file: string, heading: string | undefined): boolean {
  const target = file === "" ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return false;
  return heading === undefined || headingsOf(readFileSync(target, "utf8")).includes(heading);
}

/** As hosts of repositories make addresses of headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
