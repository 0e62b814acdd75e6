/** The details page: clients send people to `packages/?id=…&version=…`, and this leads on to the package's page. */
import { packageAddress } from "./package-address.js";

export function startDetails(root: string): void {
  const query = new URLSearchParams(location.search);
  const id = query.get("id");
  if (document.querySelector('[data-page="packages"]') === null || id === null) return;
  const target = packageAddress(root, id, query.get("version") ?? "");
  if (target === undefined) showNoId(id);
  else location.replace(target);
}

function showNoId(id: string): void {
  const status = document.getElementById("details-status");
  if (status === null) return;
  status.hidden = false;
  status.textContent = `“${id}” is no package id.`;
}
