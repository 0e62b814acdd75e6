/**
 * Tells which settings hold and where each comes from, for `--verbose`.
 */
import type { ResolvedSettings } from "./resolve.js";
import type { Settings } from "./settings.js";

/** Longer values are cut: styles may be long. */
const LONGEST = 100;

/** One line per setting, and one per setting of the web site. */
export function toldSettings(settings: Settings, origins: ResolvedSettings["origins"]): string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    leaves(key, value).map(([name, leaf]) => `${name} = ${shortText(leaf)} (${origins[key]})`),
  );
}

function leaves(key: string, value: unknown): [name: string, value: unknown][] {
  const isTree = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isTree ? Object.entries(value) : [];
  if (entries.length === 0) return [[key, value]];
  return entries.map(([name, leaf]) => [`${key}.${name}`, leaf]);
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
