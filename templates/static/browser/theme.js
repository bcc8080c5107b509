/**
 * Light, dark, or as the system has it: kept on this computer only.
 */

import { keep, kept } from "./kept.js";

const KEY = "theme"; // its value: “light”, “dark”, or "" for the system's

/** @param {Document} document @param {string} theme */
function wear(document, theme) {
  if (theme) {
    document.documentElement.setAttribute("data-theme", theme);
  } else {
    document.documentElement.removeAttribute("data-theme");
  }
  for (const choice of document.querySelectorAll(".theme button")) {
    choice.setAttribute("aria-pressed", String(choice.value === theme));
  }
}

/** To be called before the first paint, so that a dark page never flashes white. @param {Document} document */
export function wearKeptTheme(document) {
  wear(document, kept(KEY));
}

/** @param {Document} document */
export function startThemeSwitch(document) {
  wear(document, kept(KEY));
  for (const choice of document.querySelectorAll(".theme button")) {
    choice.addEventListener("click", () => {
      keep(KEY, choice.value);
      wear(document, choice.value);
    });
  }
  for (const group of document.querySelectorAll(".theme")) {
    group.hidden = false;
  }
}
