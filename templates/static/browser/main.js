/**
 * The script of every page: the reader's choice of light or dark, before the first paint.
 */

import { startThemeSwitch, wearKeptTheme } from "./theme.js";

wearKeptTheme(document);
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => startThemeSwitch(document));
} else {
  startThemeSwitch(document);
}
