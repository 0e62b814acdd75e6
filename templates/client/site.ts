/** The script of every page. Pages are complete without it. */
import { startCopyButtons } from "./copy.js";
import { startDetails } from "./details.js";
import { startIcons } from "./icons.js";
import { startNotFound } from "./not-found.js";
import { startPackagePage } from "./package/start.js";
import { startSearch } from "./search/start.js";
import { startTabs } from "./tabs.js";
import { startThemeSwitch } from "./theme-switch.js";

const root = document.documentElement.dataset["root"] ?? "./";

startThemeSwitch();
startTabs();
startCopyButtons();
startIcons();
startDetails(root);
startPackagePage();
startSearch(root);
startNotFound(root);
