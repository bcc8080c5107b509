/**
 * How the reader wants pages shown: size, theme and, on a report's page, punctuation. Each choice is an
 * attribute of the root, read by the style sheet (punctuation by shown.js), and kept on this computer only.
 */

import { keep, kept } from "./kept.js";

/** Keys of what is kept, and `data-…` of the root; "" is how pages come. */
const NAMES = ["size", "theme", "punctuation"];

/** @param {Document} document @param {string} name @param {string} choice */
function wear(document, name, choice) {
  const root = document.documentElement;
  if (choice) {
    root.setAttribute(`data-${name}`, choice);
  } else {
    root.removeAttribute(`data-${name}`);
  }
  for (const press of document.querySelectorAll(`[data-setting=${name}] button`)) {
    press.setAttribute("aria-pressed", String(press.value === choice));
  }
}

/** To be called before the first paint too, so that a dark page never flashes white. @param {Document} document */
export function wearKept(document) {
  NAMES.forEach((name) => wear(document, name, kept(name)));
}

/** @param {Document} document */
export function startSettings(document) {
  wearKept(document);
  for (const fold of document.querySelectorAll(".settings")) {
    const closeUnless = (target) => {
      fold.open = fold.open && fold.contains(target);
    };
    fold.hidden = false;
    fold.addEventListener("click", ({ target }) => {
      const name = target.parentNode.getAttribute("data-setting");
      if (name && target.matches("button")) {
        keep(name, target.value);
        wear(document, name, target.value);
      }
    });
    fold.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && fold.open) {
        event.stopPropagation(); // or the marks of a search would go too
        fold.open = false;
        fold.firstElementChild.focus();
      }
    });
    fold.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && closeUnless(relatedTarget));
    document.addEventListener("click", ({ target }) => closeUnless(target));
  }
}
