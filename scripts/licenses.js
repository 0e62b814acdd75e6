/** The licences of the packages whose code is in the bundles, which asks for them to be passed on. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * @param {readonly string[]} files source files that were bundled
 * @param {string} target
 */
export function writeLicenses(files, target) {
  const folders = new Set(files.flatMap(packageFolder));
  const texts = [...folders].sort().map((folder) => `${title(folder)}\n\n${license(folder)}\n`);
  writeFileSync(target, texts.join(`\n${"-".repeat(80)}\n\n`));
}

/**
 * A comment with what the licences of packages ask for beside their code: whose it is. Feeds publish what browsers load without
 * the file of all licences.
 *
 * @param {readonly string[]} files source files that were bundled
 */
export function copyright(files) {
  const folders = [...new Set(files.flatMap(packageFolder))].sort();
  const notices = folders.map((folder) => `${title(folder)}\n\n${license(folder)}`);
  return notices.length === 0 ? "" : `\n/*!\n${notices.join("\n\n").replaceAll("*/", "* /")}\n*/`;
}

/** @param {string} file */
function packageFolder(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1] === undefined ? [] : [match[1]];
}

/** @param {string} folder */
function title(folder) {
  const { name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return `${name} ${version}`;
}

/** @param {string} folder */
function license(folder) {
  const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (name !== undefined && existsSync(path.join(folder, name)))
    return readFileSync(path.join(folder, name), "utf8").trim();
  const { license, author } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return `Licence: ${license}. Author: ${typeof author === "string" ? author : (author?.name ?? "unknown")}.`;
}
