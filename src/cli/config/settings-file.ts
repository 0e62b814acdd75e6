/**
 * `nupress.json`: the settings of a folder.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../../errors.js";
import { parseLayer, unknownName } from "./layer.js";
import { fileKeys, flagName, isSettingKey, runOnlyKeys, type SettingKey, type Settings } from "./settings.js";
import { moveSiteFiles } from "./site-files.js";

export const SETTINGS_FILE = "nupress.json";

/**
 * Reads the file that the user named, or the usual one where it is there. Paths in it count from its own folder.
 *
 * @param folder the working folder
 * @param file as given by the user, relative to the working folder
 * @throws FeedError `settings-missing`, `settings-invalid` or `settings-unknown`
 */
export async function readSettingsFile(folder: string, file: string | undefined): Promise<Settings> {
  const name = file ?? SETTINGS_FILE;
  const text = await readText(path.resolve(folder, name), name, file !== undefined);
  return text === undefined ? {} : fromFolder(path.dirname(name), parseSettingsFile(text, name));
}

/**
 * @param name what messages call the file
 * @throws FeedError `settings-invalid` or `settings-unknown`
 */
export function parseSettingsFile(text: string, name: string): Settings {
  const entries = Object.entries(parseObject(text, name)).filter(([key]) => key !== "$schema");
  return parseLayer(
    entries.map(([key, value]) => ({
      key: assertKnown(key, name),
      value,
      form: "json",
      place: `"${key}" in "${name}"`,
    })),
  );
}

function assertKnown(key: string, name: string): SettingKey {
  if (!isSettingKey(key))
    throw unknownName(`Cannot use "${name}": it has an unknown key "${key}"`, key, fileKeys);
  if (!runOnlyKeys.includes(key)) return key;
  throw new FeedError("settings-invalid", `Cannot use "${key}" in "${name}": it is for single runs only`, {
    hint: `add ${flagName(key)} to the run that needs it`,
  });
}

async function readText(file: string, name: string, isNamed: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (isMissing && !isNamed) return undefined;
    const reason = isMissing ? "there is no such file" : String(cause);
    throw new FeedError("settings-missing", `Cannot read settings from "${name}": ${reason}`, { cause });
  }
}

function parseObject(text: string, name: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new FeedError(
      "settings-invalid",
      `Cannot read settings from "${name}": it is not JSON (${String(cause)})`,
      {
        cause,
      },
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new FeedError("settings-invalid", `Cannot read settings from "${name}": needed is an object`, {
    hint: 'such as {"packages": "packages", "output": "public"}',
  });
}

function fromFolder(folder: string, settings: Settings): Settings {
  const { packages, output, site } = settings;
  const from = (value: string): string => (path.isAbsolute(value) ? value : path.join(folder, value));
  if (folder === ".") return settings;
  return {
    ...settings,
    ...(packages && { packages: packages.map(from) }),
    ...(output !== undefined && { output: from(output) }),
    ...(typeof site === "object" && { site: moveSiteFiles(site, from) }),
  };
}
