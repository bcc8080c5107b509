/**
 * The concordance: every occurrence on a line of its own, the word in the middle.
 */

import { copyButton } from "./copying.js";
import { concordanceCsv } from "./csv.js";
import { button, element } from "./elements.js";
import { thousands } from "./naming.js";
import { gather, rowsOf, sortedRows } from "./rows.js";

/** @typedef {import("./later.js").Tools} Tools */
/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./rows.js").Row} Row */

/** Lines shown at once, and how many more with each press. */
const STEP = 500;

/** Beyond this nobody reads on, and the page grows slow. */
const MOST_ROWS = 5000;

/**
 * The lines asked for, in elements: the table, how much of all it is, and ways to see more.
 *
 * @param {Asked} asked `offset`: lines beyond the first part
 * @param {Result} result
 * @param {Tools} tools
 * @returns {Promise<HTMLElement[]>}
 */
export async function concordance(asked, result, tools) {
  const wanted = Math.min(STEP + asked.offset, MOST_ROWS);
  let found = 0; // occurrences in the hits that were looked through already
  let looked = 0;
  const hits = await gather(tools.ask, {
    progress: tools.progress,
    isEnough(all) {
      found += rowsOf(all.slice(looked)).length;
      looked = all.length;
      return found >= wanted;
    },
  });
  const sort = asked.options.sort || "right";
  const rows = sortedRows(rowsOf(hits).slice(0, wanted), sort);
  const isAll = looked >= result.total && found <= wanted;
  const shown = thousands(rows.length);
  const all = thousands(Math.max(result.occurrences, found));
  const limit = wanted >= MOST_ROWS ? `，一次最多列 ${thousands(MOST_ROWS)} 处，可先限定范围` : "";
  const order = sort === "place" ? "" : "，其中再按上下文排列";
  const line = isAll ? `共 ${shown} 处。` : `列出按地区排在前面的 ${shown} 处${order}；共 ${all} 处${limit}。`;
  const more = (offset) => () => tools.more(offset);
  const left = Math.min(result.occurrences, MOST_ROWS) - wanted;
  return [
    table(rows, tools),
    element("p", { class: "hint" }, line),
    element("p", { class: "acts" },
      !isAll && left > 0 ? button(`再列 ${Math.min(STEP, left)} 处`, more(asked.offset + STEP), { class: "btn" }) : null,
      !isAll && left > STEP
        ? button(result.occurrences > MOST_ROWS ? `列到 ${thousands(MOST_ROWS)} 处` : "全部", more(MOST_ROWS - STEP), { class: "btn" })
        : null,
      copyButton("复制为 CSV", () => concordanceCsv(rows, location.href, (kind) => tools.labelOf("kind", kind)))),
  ];
}

/** @param {Row[]} rows @param {Tools} tools @returns {HTMLElement} */
function table(rows, tools) {
  const heads = [["l", "前文"], ["k", "词"], ["r", "后文"], ["s", "出处"]];
  const longest = Math.max(0, ...rows.map(({ word }) => word.length));
  const width = [2, 4, 8, 16].find((characters) => longest <= characters) || 16;
  return element("table", { class: `kwic kwic-${width}` },
    element("thead", {}, element("tr", {}, heads.map(([c, label]) => element("th", { scope: "col", class: c }, label)))),
    element("tbody", {}, rows.map(({ hit, left, word, right }) => element("tr", {},
      element("td", { class: "l" }, element("bdi", {}, left)),
      element("td", { class: "k" }, element("mark", {}, word)),
      element("td", { class: "r" }, right),
      element("td", { class: "s" }, tools.kindBox(hit.kind),
        element("a", { href: hit.url, title: `${hit.report.issuer || hit.report.title}　${hit.heading}` },
          element("span", { class: "hide" }, `${placeName(hit)} ${hit.report.year || ""}，`),
          hit.number === null ? "原文" : String(hit.number)))))));
}

/** @param {import("./search.js").Hit} hit @returns {string} */
function placeName({ report }) {
  return report.places[report.places.length - 1] || report.issuer || report.title;
}
