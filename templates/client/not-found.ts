/**
 * The page for what is not there. A package may be meant in another letter case, or with its version behind it as other feeds
 * have it; else the page says which package this feed does not have.
 */
import { packageAddress } from "./package-address.js";

export function startNotFound(root: string): void {
  if (document.querySelector('[data-page="not-found"]') === null) return;
  const [, id, version] = /\/packages\/([^/]+)(?:\/([^/]+))?\/?$/.exec(decodePath(location.pathname)) ?? [];
  if (id === undefined) return;
  const target = packageAddress(root, id, version);
  const url = target === undefined ? undefined : new URL(target, location.href);
  if (url !== undefined && decodePath(url.pathname) !== decodePath(location.pathname)) {
    location.replace(url.hash === "" ? url.href + location.hash : url.href);
  } else if (url !== undefined) showMissing(id);
}

/** With a slash at its end, as a page's folder has. */
function decodePath(path: string): string {
  try {
    return decodeURI(path).replace(/\/?$/, "/");
  } catch {
    return path;
  }
}

function showMissing(id: string): void {
  const title = document.getElementById("not-found-title");
  const input = document.querySelector<HTMLInputElement>("#q");
  if (title !== null) title.textContent = `This feed does not have ${id}`;
  document.title = `${id} is not in this feed`;
  if (input !== null) input.value = id;
}
