/**
 * The one script of the site: what it offers to the page, and what it starts when.
 *
 * It stands in the head of every page. The theme is put on at once; everything else waits for
 * the document.
 */

import { startReader } from "./reader.js";
import { createSearch } from "./search.js";
import { startBox, startSearchPage } from "./searching.js";
import { createLibrary, createShelf } from "./shards.js";
import { startThemeSwitch, wearKeptTheme } from "./theme.js";

// Relative, as the page spells it: what is found is then relative to the asking page too.
const root = document.currentScript.getAttribute("src").replace(/assets\/[^/]*$/, "");
const shelf = createShelf(document, root);
const search = createSearch(createLibrary(shelf), root);

window.govreport = { receive: shelf.receive, search };

function start() {
  startThemeSwitch(document);
  startBox(document);
  startSearchPage(document, search);
  startReader(document);
}

wearKeptTheme(document);
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
