/**
 * Narrowing by what is known of a report or a section, and counting what each choice would leave.
 *
 * In flow options as the address has them and answers; out flow which of them pass, and for
 * each facet its values with the number of answers that pass all *other* facets, so that a
 * reader sees what ticking one more box of the same facet would add.
 */

import { KINDS } from "./kinds.js";
import { fold } from "./normalise.js";

/** @typedef {import("./units.js").IndexedReport} IndexedReport */
/** @typedef {import("./units.js").Section} Section */
/** @typedef {import("./units.js").Answer} Answer */
/** @typedef {import("./query.js").Query} Query */

/**
 * @typedef {object} FacetValue
 * @property {string} value as in the address
 * @property {string} label
 * @property {number} count
 * @property {number} [depth] places only: 0 province, 1 city, 2 county
 */

/** The facets, in the order in which they are shown. */
export const FACETS = ["kind", "place", "year", "issuer_kind", "issuer", "topic"];

/** Those that belong to a report as a whole; kind and topic belong to its sections. */
const OF_REPORT = ["place", "year", "issuer_kind", "issuer"];
const OF_SECTION = ["kind", "topic"];

/** @typedef {Map<string, string[]>} Filters facet → chosen values; a facet without choice is absent */

/**
 * @param {Record<string, string | number | undefined>} options
 * @returns {Filters}
 */
export function readFilters(options) {
  const filters = new Map();
  for (const facet of FACETS) {
    const values = String(options[facet] === undefined || options[facet] === null ? "" : options[facet])
      .split(",").map((value) => value.trim()).filter(Boolean);
    if (values.length) {
      filters.set(facet, values);
    }
  }
  return filters;
}

/**
 * What a report or a section has of a facet: values with labels.
 *
 * @param {string} facet
 * @param {IndexedReport} report
 * @param {Section} section
 * @returns {[string, string][]}
 */
function valuesOf(facet, report, section) {
  switch (facet) {
    case "kind":
      return section.kind ? [[section.kind, section.kind]] : [];
    case "topic":
      return section.topics.map((topic) => [topic, topic]);
    case "place":
      return report.lineage;
    case "year":
      return report.year === null ? [] : [[String(report.year), String(report.year)]];
    case "issuer_kind":
      return report.issuerKind ? [report.issuerKind] : [];
    default:
      return report.issuer ? [[report.issuer, report.issuer]] : [];
  }
}

/** @param {string[]} ranges “2024” or “2020-2025” @param {number | null} year @returns {boolean} */
function withinYears(ranges, year) {
  return year !== null && ranges.some((range) => {
    const [first, last = first] = range.split("-");
    return Number(first) <= year && year <= Number(last);
  });
}

/**
 * The facets whose choice something fails, as bits in the order of `FACETS`.
 *
 * @param {string[]} facets
 * @param {Filters} filters
 * @param {IndexedReport} report
 * @param {Section | null} section
 * @returns {number}
 */
function missesOf(facets, filters, report, section) {
  let misses = 0;
  for (const facet of facets) {
    const chosen = filters.get(facet);
    if (chosen) {
      const passes = facet === "year"
        ? withinYears(chosen, report.year)
        : valuesOf(facet, report, section).some(([value]) => chosen.includes(value));
      misses |= passes ? 0 : 1 << FACETS.indexOf(facet);
    }
  }
  return misses;
}

/** @param {Filters} filters @param {IndexedReport} report @returns {number} bits */
export function missesOfReport(filters, report) {
  return missesOf(OF_REPORT, filters, report, null);
}

/** @param {Filters} filters @param {IndexedReport} report @param {Section} section @returns {number} bits */
export function missesOfSection(filters, report, section) {
  return missesOf(OF_SECTION, filters, report, section);
}

/** Whether at most one bit is set: such an answer still counts for the facet it fails. */
export function missesAtMostOne(misses) {
  return (misses & (misses - 1)) === 0;
}

/**
 * Whether a report lies within the query's own 地区: 年份: 机关:.
 *
 * @param {Query} query
 * @param {IndexedReport} report
 * @returns {boolean}
 */
export function queryAdmitsReport(query, report) {
  return query.narrowings.every(({ key, values }) => {
    if (key === "place") {
      const names = report.lineage.flatMap(([code, name]) => [code, fold(name).text]);
      return values.some((value) => names.some((name) => name.includes(value)));
    }
    if (key === "issuer") {
      const names = [report.issuer || "", report.issuerKind ? report.issuerKind[1] : ""].map((name) => fold(name).text);
      return values.some((value) => names.some((name) => name.includes(value)));
    }
    return key !== "year" || withinYears(values, report.year);
  });
}

/**
 * Whether a section lies within the query's own 种类:.
 *
 * @param {Query} query
 * @param {Section} section
 * @returns {boolean}
 */
export function queryAdmitsSection(query, section) {
  return query.narrowings.every(({ key, values }) => key !== "kind" || values.includes(section.kind));
}

/** Gathers, answer by answer, what each value of each facet would leave. */
export class FacetCounts {
  constructor() {
    /** @type {Map<string, Map<string, FacetValue & {order: string}>>} */
    this.values = new Map(FACETS.map((facet) => [facet, new Map()]));
  }

  /** @param {Answer} answer @param {number} misses bits, at most one */
  add(answer, misses) {
    const { report } = answer;
    const { section } = report.places[answer.place];
    FACETS.forEach((facet, i) => {
      if ((misses & ~(1 << i)) !== 0) {
        return;
      }
      const values = this.values.get(facet);
      let order = "";
      valuesOf(facet, report, section).forEach(([value, label], depth) => {
        // Codes joined from the top: sorting by this gives the tree, parents first.
        order += ` ${value}`;
        const known = values.get(value);
        if (known) {
          known.count += 1;
        } else {
          values.set(value, { value, label, count: 1, depth, order });
        }
      });
    });
  }

  /** @returns {Record<string, FacetValue[]>} */
  result() {
    const sorted = (facet, compare) => [...this.values.get(facet).values()].sort(compare);
    const byValue = (a, b) => (a.value < b.value ? -1 : 1);
    const byCount = (a, b) => b.count - a.count || byValue(a, b);
    const plain = ({ value, label, count }) => ({ value, label, count });
    const kinds = this.values.get("kind");
    return {
      kind: KINDS.filter(({ value }) => kinds.has(value))
        .map(({ value, name }) => ({ value, label: name, count: kinds.get(value).count })),
      place: sorted("place", (a, b) => (a.order < b.order ? -1 : 1))
        .map(({ value, label, count, depth }) => ({ value, label, count, depth })),
      year: sorted("year", (a, b) => -byValue(a, b)).map(plain),
      issuer_kind: sorted("issuer_kind", byCount).map(plain),
      issuer: sorted("issuer", byCount).map(plain),
      topic: sorted("topic", byCount).map(plain),
    };
  }
}
