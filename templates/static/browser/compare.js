/**
 * The script of the page of comparisons. The texts come from the search index, which holds every line of every
 * report, so nothing else has to be brought.
 */

import { startComparePage } from "./compare_page.js";
import { createReports } from "./compare_reports.js";
import { createIndex, createShelf } from "./shards.js";

const root = document.currentScript.getAttribute("src").replace(/assets\/[^/]*$/, "");
const shelf = createShelf(document, root);

window.govreport = { receive: shelf.receive };
startComparePage(document, createReports(createIndex(shelf.bring)), root);
