/**
 * Files as such: assets are named by their content, and nothing lies about that no document leads to.
 */
import { createHash } from "node:crypto";
import type { Inspection } from "./inspection.js";
import { linksOf } from "./json.js";

/** Marks the assets that documents link to, and compares their names with their bytes. */
export async function checkAssets(feed: Inspection): Promise<void> {
  for (const path of feed.paths().filter((path) => path.startsWith("v3/registration"))) {
    for (const link of linksOf(await feed.readJson(path))) {
      const target = feed.pathOf(link);
      if (target?.startsWith("v3/assets/") === true) feed.reach(target);
    }
  }
  for (const path of feed.paths().filter((path) => path.startsWith("v3/assets/"))) {
    const bytes = await feed.readBytes(path);
    const digest = createHash("sha256")
      .update(bytes ?? "")
      .digest("hex");
    const name = path.slice("v3/assets/".length).split(".")[0];
    feed.expect(name === digest.slice(0, 32), path, "is named by another content");
  }
}

export function checkNothingExtra(feed: Inspection): void {
  for (const path of feed.paths().filter((path) => path.startsWith("v3/"))) {
    feed.expect(feed.wasReached(path), path, "is extra: no document leads to it");
    feed.expect(path === path.toLowerCase(), path, "is not in lower case");
  }
}
