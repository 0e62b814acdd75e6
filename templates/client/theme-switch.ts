/** The choice of theme in the header. */
import { showTheme } from "./show-theme.js";
import { keepChoice, readChoice } from "./storage.js";

export function startThemeSwitch(): void {
  const select = document.querySelector<HTMLSelectElement>("#theme");
  if (select === null) return;
  select.value = document.documentElement.dataset["theme"] ?? "system";
  select.addEventListener("change", () => {
    const choice = select.value === "system" ? undefined : select.value;
    keepChoice("theme", choice);
    showTheme(choice);
  });
  // Another tab of the same site may have chosen.
  window.addEventListener("storage", ({ key }) => {
    if (key !== "theme") return;
    showTheme(readChoice("theme"));
    select.value = document.documentElement.dataset["theme"] ?? "system";
  });
}
