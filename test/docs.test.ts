/** The documentation names what there is. */
import { existsSync, readFileSync } from "node:fs";
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
