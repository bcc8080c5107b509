/**
 * Light, dark, or as the system has it: kept on this computer only.
 */

const KEY = "theme";

/** @returns {string} “light”, “dark”, or "" for the system's */
function kept() {
  try {
    return localStorage.getItem(KEY) || "";
  } catch {
    return ""; // storage refused: a private window
  }
}

/** @param {string} theme */
function keep(theme) {
  try {
    if (theme) {
      localStorage.setItem(KEY, theme);
    } else {
      localStorage.removeItem(KEY);
    }
  } catch {
    // storage refused: the choice lasts as long as the page
  }
}

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
  wear(document, kept());
}

/** @param {Document} document */
export function startThemeSwitch(document) {
  wear(document, kept());
  for (const choice of document.querySelectorAll(".theme button")) {
    choice.addEventListener("click", () => {
      keep(choice.value);
      wear(document, choice.value);
    });
  }
  for (const group of document.querySelectorAll(".theme")) {
    group.hidden = false;
  }
}
