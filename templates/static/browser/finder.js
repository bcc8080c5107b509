/**
 * The script of every page with a search box: what it offers to the page, and what it starts.
 *
 * It is deferred, so the document is there. What nobody needs before the first answers stand
 * (suggestions, concordance, counts, CSV) is later.js, a script of its own, which is brought
 * when it is first asked for and handed over through `window.govreport`.
 */

import { createSearch } from "./search.js";
import { startBox, startSearchPage } from "./searching.js";
import { createIndex, createShelf } from "./shards.js";

const self = document.currentScript;
// Relative, as the page spells it: what is found is then relative to the asking page too.
const root = self.getAttribute("src").replace(/assets\/[^/]*$/, "");
const shelf = createShelf(document, root);
const index = createIndex(shelf.bring);
const search = createSearch(index, root);

window.govreport = { receive: shelf.receive, search };

/** @type {Promise<object> | null} */
let coming = null;

/** What later.js offers. A failure is not kept: asking again tries again. @returns {Promise<object>} */
function bringLater() {
  if (!coming) {
    coming = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(window.govreport.later);
      script.onerror = () => reject(new Error(`读不到 ${script.getAttribute("src")}`));
      script.src = self.getAttribute("data-later");
      document.head.appendChild(script);
    });
    coming.catch(() => {
      coming = null;
    });
  }
  return coming;
}

/** @type {Promise<object> | null} */
let known = null;

/** What may be suggested. @returns {Promise<object>} */
function bringSuggestions() {
  known = known || shelf.bring("suggestions");
  return known;
}

// What every question needs first. If it fails, the question will say so.
if (document.querySelector("[data-search]")) {
  index().catch(() => {});
}

const page = startSearchPage(document, search, bringLater, bringSuggestions);
startBox(document, { root, page, bringLater, bringSuggestions });
