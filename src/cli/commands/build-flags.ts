/**
 * The flags of `nupress build`, most of which are settings.
 */
import { DEFAULT_STATIC_SEARCH } from "../../feed/settings.js";
import { type CommandInput, type FlagSpec, outputFlags } from "../command.js";
import type { RawValue } from "../config/layer.js";
import { flagName, settingKeys } from "../config/settings.js";
import { SETTINGS_FILE } from "../config/settings-file.js";

const feed = "Feed:";
const safety = "Safety:";

export const buildFlags: readonly FlagSpec[] = [
  { name: "output", kind: "value", group: feed, describe: "Folder of the feed, made when it is missing" },
  { name: "base-url", kind: "value", group: feed, describe: "Address at which that folder will be reached" },
  {
    name: "dynamic-url",
    kind: "value",
    group: feed,
    describe: "Address of a server for search and publishing, if there is one",
  },
  { name: "no-site", kind: "switch", group: feed, describe: "Make no web site" },
  {
    name: "folder-feed",
    kind: "switch",
    group: feed,
    describe: "Write .nupkg.sha512 files, so that v3/flat can be used as an offline source",
  },
  {
    name: "static-search",
    kind: "value",
    group: feed,
    describe: `Most ids in the answer to every search, 0 for no search (default ${DEFAULT_STATIC_SEARCH})`,
  },
  {
    name: "source-name",
    kind: "value",
    group: feed,
    describe: "Name of these packages: a build removes only what came under its name (default packages)",
  },
  {
    name: "config",
    kind: "value",
    group: feed,
    describe: `Settings file (default ${SETTINGS_FILE} where there is one)`,
  },
  {
    name: "dry-run",
    kind: "switch",
    group: safety,
    describe: "Print what would be written and deleted, and write nothing",
  },
  {
    name: "strict",
    kind: "switch",
    group: safety,
    describe: "Stop before the first write when there is any problem",
  },
  { name: "allow-empty", kind: "switch", group: safety, describe: "Accept that there is no package" },
  {
    name: "allow-mass-removal",
    kind: "switch",
    group: safety,
    describe: "Accept that more than half of the versions are gone",
  },
  {
    name: "allow-replace",
    kind: "switch",
    group: safety,
    describe: "Accept other bytes for a version that is published already",
  },
  {
    name: "allow-insecure",
    kind: "switch",
    group: safety,
    describe: "Accept an http: address that is not of this machine",
  },
  {
    name: "lock-timeout",
    kind: "value",
    group: safety,
    describe: "Seconds to wait for somebody else who writes to the feed (default 0)",
  },
  {
    name: "threads",
    kind: "value",
    group: "Speed:",
    describe: "Worker threads, 0 for none (default: as many as processors, for large builds)",
  },
  ...outputFlags,
];

/** The settings among the flags, unchecked. */
export function settingFlags({ flags, positionals }: CommandInput): RawValue[] {
  const values: RawValue[] = [];
  if (positionals.length > 0) {
    values.push({ key: "packages", value: positionals, form: "json", place: "packages" });
  }
  for (const key of settingKeys) {
    const place = flagName(key);
    const value = flags.get(place.slice(2));
    if (value !== undefined)
      values.push({ key, place, form: "text", value: value === true ? "true" : value });
  }
  if (flags.get("no-site") === true)
    values.push({ key: "site", value: false, form: "json", place: "--no-site" });
  return values;
}
