/**
 * What the reader chose: kept on this computer only, and only where the browser allows it.
 */

/** @param {string} name @returns {string} "" where nothing is kept */
export function kept(name) {
  try {
    return localStorage.getItem(name) || "";
  } catch {
    return ""; // storage refused: a private window
  }
}

/** @param {string} name @param {string} choice "" keeps nothing */
export function keep(name, choice) {
  try {
    if (choice) {
      localStorage.setItem(name, choice);
    } else {
      localStorage.removeItem(name);
    }
  } catch {
    // storage refused: the choice lasts as long as the page
  }
}
