/** Arrows lead from the box into the results, from one to the next, and back. */
export function startResultKeys(input: HTMLInputElement, results: HTMLElement): void {
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.isComposing) return;
    const first = links(results)[0];
    if (first === undefined) return;
    event.preventDefault();
    first.focus();
  });
  results.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (step === -1 && event.key !== "ArrowUp") return;
    const all = links(results);
    const at = all.findIndex((link) => link === document.activeElement);
    if (at === -1) return;
    event.preventDefault();
    if (at + step < 0) input.focus();
    else all[at + step]?.focus();
  });
}

function links(results: HTMLElement): HTMLAnchorElement[] {
  return [...results.querySelectorAll<HTMLAnchorElement>(".package-card__title a")];
}
