/**
 * The script of every page: what the reader chose, before the first paint.
 */

import { startSettings, wearKept } from "./settings.js";

wearKept(document);
// Style keeps the place of what scripts will show, so that nothing on the page moves when they do.
document.documentElement.dataset.script = location.search ? "asked" : "";
document.addEventListener("DOMContentLoaded", () => startSettings(document));
// A page that the browser kept for going back has not seen what was chosen since.
addEventListener("pageshow", ({ persisted }) => persisted && wearKept(document));
