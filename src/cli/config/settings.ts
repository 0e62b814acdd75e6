/**
 * The settings: every key with its kind, its flag and its variable. Flags win over variables, which win over
 * `nupress.json`.
 */
import { delimiter } from "node:path";
import type { SiteSettings } from "../../feed/site-settings.js";
import {
  addressKind,
  countKind,
  countUpTo,
  type Kind,
  nameKind,
  pathKind,
  pathsKind,
  switchKind,
} from "./kinds.js";
import { siteKind } from "./site-kind.js";

/** What somebody said; keys that nobody named are absent. */
export interface Settings {
  readonly packages?: readonly string[];
  readonly output?: string;
  readonly baseUrl?: string;
  readonly dynamicUrl?: string;
  /** Whether to make a web site, and what it is to look like. */
  readonly site?: boolean | SiteSettings;
  readonly folderFeed?: boolean;
  readonly staticSearch?: number;
  readonly sourceName?: string;
  readonly threads?: number;
  readonly lockTimeout?: number;
  readonly strict?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowInsecure?: boolean;
  readonly allowMassRemoval?: boolean;
  readonly allowReplace?: boolean;
}

export type SettingKey = keyof Settings;

/** Each is a JavaScript engine of its own: thousands, a slip of the keyboard, take all memory. */
const MOST_THREADS = 64;

const kinds: { readonly [K in SettingKey]-?: Kind<NonNullable<Settings[K]>> } = {
  packages: pathsKind(delimiter),
  output: pathKind,
  baseUrl: addressKind,
  dynamicUrl: addressKind,
  site: siteKind,
  folderFeed: switchKind,
  staticSearch: countKind,
  sourceName: nameKind,
  threads: countUpTo(MOST_THREADS),
  lockTimeout: countKind,
  strict: switchKind,
  allowEmpty: switchKind,
  allowInsecure: switchKind,
  allowMassRemoval: switchKind,
  allowReplace: switchKind,
};

export const settingKeys: readonly SettingKey[] = Object.keys(kinds).filter(isSettingKey);

/** Guards that somebody lifts for one run; a file that lifts them for every run would make them worthless. */
export const runOnlyKeys: readonly SettingKey[] = ["allowMassRemoval", "allowReplace"];

export const fileKeys: readonly SettingKey[] = settingKeys.filter((key) => !runOnlyKeys.includes(key));

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(kinds, key);
}

export function kindOf(key: SettingKey): Kind<unknown> {
  return kinds[key];
}

/** `baseUrl` → `--base-url`. */
export function flagName(key: SettingKey): string {
  return `--${words(key).join("-")}`;
}

/** `baseUrl` → `NUPRESS_BASE_URL`. */
export function variableName(key: SettingKey): string {
  return `NUPRESS_${words(key).join("_").toUpperCase()}`;
}

function words(key: SettingKey): string[] {
  return key.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}
