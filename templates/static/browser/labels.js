/**
 * What the values of facets are called on screen. A name once seen is kept for the visit: a
 * place that was chosen and now has no answers does not turn into a number.
 */

import { rangeOf } from "./address.js";
import { KINDS } from "./kinds.js";
import { topicName } from "./topics.js";

/** In the order in which they are shown. */
export const FACET_NAMES = [
  ["kind", "板块"], ["place", "地区"], ["year", "报告年度"], ["issuer_kind", "机关类别"], ["issuer", "发文机关"],
  ["topic", "主题"],
];

/** @type {Map<string, string>} */
const seen = new Map();

/** @param {string} facet @param {string} value @param {string} label */
export function rememberLabel(facet, value, label) {
  seen.set(`${facet} ${value}`, label);
}

/** @param {Record<string, {value: string, label: string}[]>} facets of an answer */
export function rememberLabels(facets) {
  for (const [facet, values] of Object.entries(facets)) {
    values.forEach(({ value, label }) => rememberLabel(facet, value, label));
  }
}

/** @param {string} facet @param {string} value @returns {string} */
export function labelOf(facet, value) {
  if (facet === "kind") {
    const kind = KINDS.find((known) => known.value === value);
    return kind ? kind.name : value;
  }
  if (facet === "year") {
    const range = rangeOf(value);
    return range ? `${[...new Set(range)].join("—")} 年度` : value;
  }
  return seen.get(`${facet} ${value}`) || (facet === "topic" ? topicName(value) : value);
}

/** What the filters are set to: “地区：许昌市、郑州市”. @param {{options: Record<string, string>}} asked @returns {string[]} */
export function limitsOf({ options }) {
  return FACET_NAMES.filter(([facet]) => options[facet])
    .map(([facet, name]) => `${name}：${options[facet].split(",").map((value) => labelOf(facet, value)).join("、")}`);
}
