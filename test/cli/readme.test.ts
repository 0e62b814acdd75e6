/** The README names every flag and every setting. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addCommand } from "../../src/cli/commands/add.js";
import { inspectCommand } from "../../src/cli/commands/inspect.js";
import { keyCommand } from "../../src/cli/commands/key.js";
import { logCommand } from "../../src/cli/commands/log.js";
import { serveCommand } from "../../src/cli/commands/serve.js";
import { unlockCommand } from "../../src/cli/commands/unlock.js";
import { verifyCommand } from "../../src/cli/commands/verify.js";
import { parseSettingsFile } from "../../src/cli/config/settings-file.js";

const readme = readFileSync("README.md", "utf8");
const schema: SettingsSchema = JSON.parse(readFileSync("schemas/nupress.schema.json", "utf8"));

interface SettingsSchema {
  readonly properties: { readonly site: { readonly oneOf: readonly { readonly properties?: object }[] } };
}

const flags = [
  addCommand,
  inspectCommand,
  serveCommand,
  unlockCommand,
  verifyCommand,
  logCommand,
  keyCommand,
].flatMap((command) => command.flags.map(({ name }) => [command.name, `--${name}`] as const));

test.each(flags)("the flag of %s %s is in the README", (_, flag) => {
  expect(readme).toMatch(new RegExp(`${flag}\\b`));
});

describe("the web site", () => {
  const section = readme.split("\n## The web site\n")[1]?.split("\n## ")[0] ?? "";
  const keys = schema.properties.site.oneOf.flatMap(({ properties = {} }) => Object.keys(properties));

  test("has all its settings in the README", () => {
    const rows = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map(([, key]) => key);
    expect(keys).toContain("title");
    expect(rows).toEqual(keys);
  });

  test("has a sample of settings that can be used", () => {
    const [, sample = ""] = /```json\n(.+?)```/s.exec(section) ?? [];
    expect(parseSettingsFile(sample, "nupress.json").site).toMatchObject({ title: "Contoso packages" });
  });

  test.each(['"site": false', "--no-site", "NUPRESS_SITE"])("can be left out by %s", (way) => {
    expect(section).toContain(way);
  });
});

test.each(["site", "templates", "search"])("src/README.md tells of %s/", (folder) => {
  expect(readFileSync("src/README.md", "utf8")).toMatch(new RegExp(`^\\| .*\\b${folder}/\``, "m"));
});
