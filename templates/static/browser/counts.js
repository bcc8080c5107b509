/**
 * Counts by year, place and kind: each a table whose rows carry a bar, so that the chart and
 * its numbers are one thing, read out as a table and seen as a chart.
 */

import { copyButton } from "./copying.js";
import { csvOf } from "./csv.js";
import { element } from "./elements.js";
import { thousands } from "./naming.js";

/** @typedef {import("./later.js").Tools} Tools */
/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./facets.js").FacetValue} FacetValue */

/** Rows of a table before the rest is folded. */
const ROWS = 12;

/**
 * @param {Asked} asked
 * @param {Result} result
 * @param {Tools} tools
 * @returns {HTMLElement[]}
 */
export function counts(asked, result, tools) {
  const tables = [
    ["year", "按报告年度", everyYear(result.facets.year)],
    ["kind", "按板块", result.facets.kind],
    ["place", "按地区", placesOf(result.facets.place)],
  ].filter(([, , values]) => values.length);
  const csv = () => csvOf([["分组", "项", "段数"], ...tables.flatMap(([, name, values]) =>
    values.map(({ label, count }) => [name.slice(1), label, count]))]);
  return [
    element("div", { class: "counts" }, tables.map(([facet, name, values]) => chart(asked, facet, name, values, tools))),
    element("p", { class: "hint" },
      "数字是段数：点开该项时所见的段数，不计同组的其他限定。各年度、各地区收录的报告多少不同，段数多少不等于重视与否。"),
    element("p", { class: "acts" }, copyButton("复制为 CSV", csv)),
  ];
}

/** Every year from the first to the last, in that order: a year without answers is told too. @param {FacetValue[]} years */
function everyYear(years) {
  const known = new Map(years.map(({ value, count }) => [Number(value), count]));
  const first = Math.min(...known.keys());
  return Array.from({ length: known.size ? Math.max(...known.keys()) - first + 1 : 0 }, (_, i) =>
    ({ value: String(first + i), label: String(first + i), count: known.get(first + i) || 0 }));
}

/** Places where there is a choice: provinces, or what lies in the only one; most first. @param {FacetValue[]} places */
export function placesOf(places) {
  let depth = 0;
  while (places.some((place) => place.depth > depth) && places.filter((place) => place.depth === depth).length === 1) {
    depth += 1;
  }
  return places.filter((place) => place.depth === depth)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** @param {Asked} asked @param {string} facet @param {string} name @param {FacetValue[]} values @param {Tools} tools */
function chart(asked, facet, name, values, tools) {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const chosen = (asked.options[facet] || "").split(",");
  const row = ({ value, label, count }) => element("tr", {},
    element("th", { scope: "row" },
      facet === "kind" ? tools.kindBox(value, true) : null,
      count ? tools.link({ ...asked, options: { ...asked.options, [facet]: value }, view: "passages", offset: 0 }, label,
        chosen.includes(value) ? { "aria-current": "true" } : {}) : label),
    element("td", { class: "amount" }, bar(count / most)),
    element("td", { class: "n" }, thousands(count)));
  const table = (rows, isFirst) => element("table", {},
    element("caption", { class: isFirst ? null : "hidden" }, name),
    element("thead", { class: "hidden" }, element("tr", {}, ["项", "图", "段数"].map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, rows.map(row)));
  const rest = values.slice(ROWS + 1).length ? values.slice(ROWS) : [];
  return element("section", { class: `count-${facet}` },
    table(rest.length ? values.slice(0, ROWS) : values, true),
    rest.length ? element("details", {}, element("summary", {}, `另 ${rest.length} 项`), table(rest, false)) : null);
}

/** A bar as wide as its share; numbers stand beside it, so it is not read out. @param {number} share 0 to 1 */
function bar(share) {
  const svg = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, String(value)));
    return made;
  };
  const drawn = svg("svg", { viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" });
  drawn.append(svg("rect", { width: Math.round(share * 1000) / 10, height: 1 }));
  return drawn;
}
