/**
 * The script of every page: the reader's choice of light or dark, before the first paint.
 */

import { startThemeSwitch, wearKeptTheme } from "./theme.js";

wearKeptTheme(document);
// Style keeps the place of what scripts will show, so that nothing on the page moves when they do.
document.documentElement.dataset.script = location.search ? "asked" : "";
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => startThemeSwitch(document));
} else {
  startThemeSwitch(document);
}
