/**
 * Settings of the web site that are long texts may name a file instead: `"css": "brand.css"`, `"footerHtml": "footer.html"`.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../../errors.js";
import type { SiteSettings } from "../../feed/site-settings.js";

/** What the name of a file ends in; the texts themselves hold other characters, or more than one line. */
const fileNames = {
  css: /^[^{}<>\n]+\.css$/i,
  footerHtml: /^[^<>\n]+\.html$/i,
} as const;

type FileKey = keyof typeof fileNames;

/** The same settings with other paths of the files that they name. */
export function moveSiteFiles(site: SiteSettings, move: (file: string) => string): SiteSettings {
  const moved = namedFiles(site).map(([key, file]) => [key, move(file)]);
  return { ...site, ...Object.fromEntries(moved) };
}

/**
 * The settings with the texts of the files that they name.
 *
 * @param folder from which the paths of the files count
 * @throws FeedError `settings-missing` when a file cannot be read, `settings-invalid` when it is empty
 */
export async function readSiteFiles(site: SiteSettings, folder: string): Promise<SiteSettings> {
  const texts = namedFiles(site).map(async ([key, file]) => [key, await readText(key, file, folder)]);
  return { ...site, ...Object.fromEntries(await Promise.all(texts)) };
}

function namedFiles(site: SiteSettings): (readonly [key: FileKey, file: string])[] {
  const keys = ["css", "footerHtml"] as const;
  return keys.flatMap((key) => {
    const value = site[key];
    return value !== undefined && fileNames[key].test(value) ? [[key, value] as const] : [];
  });
}

async function readText(key: FileKey, file: string, folder: string): Promise<string> {
  const text = await readNamed(key, path.resolve(folder, file), file);
  if (text.trim() !== "") return text;
  throw new FeedError("settings-invalid", `Cannot use "${file}" as "site.${key}": it is empty`);
}

async function readNamed(key: FileKey, place: string, file: string): Promise<string> {
  try {
    return (await readFile(place, "utf8")).replace(/^\uFEFF/, "");
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = isMissing ? "there is no such file" : String(cause);
    throw new FeedError("settings-missing", `Cannot read "${file}" for "site.${key}": ${reason}`, { cause });
  }
}
