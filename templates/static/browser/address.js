/**
 * The state of a search as the address has it, `?q=…&kind=…`, and back. Pure.
 */

import { FACETS } from "./facets.js";

/**
 * @typedef {object} Asked
 * @property {string} q
 * @property {Record<string, string>} options facets, several values by comma, and `sort`; empty ones absent
 * @property {number} offset where the last loaded part of the list begins
 * @property {"passages" | "concordance"} view
 */

/**
 * @param {string} search `location.search`
 * @returns {Asked}
 */
export function readAddress(search) {
  const parameters = new URLSearchParams(search);
  /** @type {Record<string, string>} */
  const options = {};
  for (const name of [...FACETS, "sort"]) {
    // A form without script repeats a name for each ticked box.
    const values = parameters.getAll(name).filter(Boolean).join(",");
    if (values) {
      options[name] = values;
    }
  }
  const offset = parameters.get("offset") || "";
  return {
    q: parameters.get("q") || "",
    options,
    offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0,
    view: parameters.get("view") === "concordance" ? "concordance" : "passages",
  };
}

/**
 * @param {Asked} asked
 * @returns {string} “?…”, or “?” when nothing is asked, which clears an address
 */
export function writeAddress({ q, options, offset, view }) {
  const parameters = new URLSearchParams();
  if (q) {
    parameters.set("q", q);
  }
  for (const name of [...FACETS, "sort"]) {
    if (options[name]) {
      parameters.set(name, options[name]);
    }
  }
  if (view === "concordance") {
    parameters.set("view", view);
  }
  if (offset) {
    parameters.set("offset", String(offset));
  }
  return `?${parameters}`;
}

/**
 * The same options with one value of one facet ticked or cleared.
 *
 * @param {Record<string, string>} options
 * @param {string} facet
 * @param {string} value
 * @param {boolean} ticked
 * @returns {Record<string, string>}
 */
export function withChoice(options, facet, value, ticked) {
  const values = (options[facet] || "").split(",").filter((other) => other && other !== value);
  if (ticked) {
    values.push(value);
  }
  const changed = { ...options };
  delete changed[facet];
  return values.length ? { ...changed, [facet]: values.join(",") } : changed;
}

/** Options without any facet: everything there is. @param {Record<string, string>} options */
export function withoutFacets(options) {
  return options.sort ? { sort: options.sort } : {};
}
