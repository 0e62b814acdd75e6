/** Pictures of packages that do not load, because their address is old, make room for the tile with the initial. */

export function startIcons(): void {
  // An error does not rise from an image, but it can be caught on its way down.
  document.addEventListener("error", ({ target }) => replaceIcon(target), true);
  for (const image of document.querySelectorAll<HTMLImageElement>("img.icon")) {
    if (image.complete && image.naturalWidth === 0) replaceIcon(image);
  }
}

function replaceIcon(image: unknown): void {
  if (!(image instanceof HTMLImageElement) || !image.matches(".icon[data-initial]")) return;
  const tile = document.createElement("span");
  tile.className = `${image.className} icon--initial`;
  tile.ariaHidden = "true";
  tile.textContent = image.dataset["initial"] ?? "";
  image.replaceWith(tile);
}
