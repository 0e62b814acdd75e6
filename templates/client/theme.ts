/** Runs before the page is painted, so that a theme that was chosen earlier does not flicker. */
const chosen = localStorage.getItem("theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
