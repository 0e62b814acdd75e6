/** Runs before the page is painted, so that a theme that was chosen earlier does not flicker and tabs do not jump. */
import { showTheme } from "./show-theme.js";
import { readChoice } from "./storage.js";

document.documentElement.classList.add("script");
showTheme(readChoice("theme"));
