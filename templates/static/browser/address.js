/**
 * The state of a search as the address has it, `?q=…&kind=…`, and back. Pure.
 */

import { FACETS } from "./facets.js";

/**
 * @typedef {object} Asked
 * @property {string} q
 * @property {Record<string, string>} options facets, several values by comma, and `sort`; empty ones absent
 * @property {number} offset where the last loaded part of the list begins
 * @property {"passages" | "concordance" | "counts"} view
 */

/** The ways to see what was found; the first is meant where none is named. */
const VIEWS = ["passages", "concordance", "counts"];

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
    view: VIEWS.find((view) => view === parameters.get("view")) || VIEWS[0],
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
  if (view !== VIEWS[0]) {
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

/**
 * @param {string | undefined} option of years, as in the address
 * @returns {[string, string] | null} first and last; null when it is no single range
 */
export function rangeOf(option) {
  const found = /^(\d{4})(?:-(\d{4}))?$/.exec(option || "");
  return found ? [found[1], found[2] || found[1]] : null;
}

/** @param {string} one @param {string} other years, in either order @returns {string} as in the address */
export function rangeOption(one, other) {
  const [first, last] = one < other ? [one, other] : [other, one];
  return first === last ? first : `${first}-${last}`;
}
