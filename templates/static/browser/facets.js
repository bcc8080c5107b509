/**
 * Narrowing by what is known of a report or a section, and counting what each choice would leave.
 *
 * In flow options as the address has them and answers; out flow which of them pass, and for
 * each facet its values with the number of answers that pass all *other* facets, so that a
 * reader sees what ticking one more box of the same facet would add.
 */

import { KINDS, KIND_VALUES } from "./kinds.js";
import { fold } from "./normalise.js";
import { topicAndAbove, topicName } from "./topics.js";

/** @typedef {import("./segment.js").Segment} Segment */
/** @typedef {import("./query.js").Query} Query */

/**
 * What is known of a report.
 *
 * @typedef {object} About
 * @property {string | null} issuer
 * @property {[string, string] | null} issuerKind value and name
 * @property {[string, string][]} lineage code and name of each place, from the province down
 * @property {number | null} year
 */

/**
 * @typedef {object} FacetValue
 * @property {string} value as in the address
 * @property {string} label
 * @property {number} count
 * @property {number} [depth] of places: 0 province, 1 city, 2 county; of topics: 1 for a part of one
 */

/** The facets, in the order in which they are shown. */
export const FACETS = ["kind", "place", "year", "issuer_kind", "issuer", "topic"];

/** Those that belong to a report as a whole; kind and topic belong to its sections. */
const OF_REPORT = ["place", "year", "issuer_kind", "issuer"];
/** As bits, in their order. */
const KIND = 1;
const PLACE = 2;
export const TOPIC = 32;
const ANY_OF_REPORT = 2 | 4 | 8 | 16;

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

/** @param {string[]} ranges “2024” or “2020-2025” @param {number | null} year @returns {boolean} */
function withinYears(ranges, year) {
  return year !== null && ranges.some((range) => {
    const [first, last = first] = range.split("-");
    return Number(first) <= year && year <= Number(last);
  });
}

/** Whether one of a report's values is among the chosen. */
function passes(facet, chosen, about) {
  switch (facet) {
    case "place":
      return about.lineage.some(([code]) => chosen.includes(code));
    case "year":
      return withinYears(chosen, about.year);
    case "issuer_kind":
      return about.issuerKind !== null && chosen.includes(about.issuerKind[0]);
    default:
      return about.issuer !== null && chosen.includes(about.issuer);
  }
}

/**
 * The facets whose choice a report fails, as bits in the order of `FACETS`.
 *
 * @param {Filters} filters
 * @param {About} about
 * @returns {number}
 */
export function missesOfReport(filters, about) {
  let misses = 0;
  for (const facet of OF_REPORT) {
    const chosen = filters.get(facet);
    if (chosen && !passes(facet, chosen, about)) {
      misses |= 1 << FACETS.indexOf(facet);
    }
  }
  return misses;
}

/** @param {Filters} filters @param {number} kind as in KIND_VALUES @returns {number} bits */
export function missesOfKind(filters, kind) {
  const chosen = filters.get("kind");
  return chosen && !chosen.includes(KIND_VALUES[kind]) ? KIND : 0;
}

/** Whether at most one bit is set: such an answer still counts for the facet it fails. */
export function missesAtMostOne(misses) {
  return (misses & (misses - 1)) === 0;
}

/**
 * Whether a report lies within the query's own 地区: 年份: 机关:.
 *
 * @param {Query} query
 * @param {About} about
 * @returns {boolean}
 */
export function queryAdmitsReport(query, about) {
  return query.narrowings.every(({ key, values }) => {
    if (key === "place") {
      const names = about.lineage.flatMap(([code, name]) => [code, fold(name).text]);
      return values.some((value) => names.some((name) => name.includes(value)));
    }
    if (key === "issuer") {
      const names = [about.issuer || "", about.issuerKind ? about.issuerKind[1] : ""].map((name) => fold(name).text);
      return values.some((value) => names.some((name) => name.includes(value)));
    }
    return key !== "year" || withinYears(values, about.year);
  });
}

/**
 * Whether a kind lies within the query's own 种类:.
 *
 * @param {Query} query
 * @param {number} kind as in KIND_VALUES
 * @returns {boolean}
 */
export function queryAdmitsKind(query, kind) {
  return query.narrowings.every(({ key, values }) => key !== "kind" || values.includes(KIND_VALUES[kind]));
}

/** Gathers what each value of each facet would leave. */
export class FacetCounts {
  constructor() {
    this.kinds = new Array(KIND_VALUES.length).fill(0);
    /** @type {Map<string[], number>} the topics of passages, and how many passages have just these */
    this.topics = new Map();
    /** @type {Map<About, number[]>} how many of a report count for each facet of reports */
    this.reports = new Map();
  }

  /** @param {About} about @param {number} kind @param {number} misses bits @param {number} count */
  add(about, kind, misses, count) {
    if (!(misses & ~KIND)) {
      this.kinds[kind] += count;
    }
    if (misses && !(misses & ANY_OF_REPORT)) {
      return;
    }
    let counts = this.reports.get(about);
    if (!counts) {
      counts = [0, 0, 0, 0];
      this.reports.set(about, counts);
    }
    for (let i = 0; i < 4; i += 1) {
      if (!(misses & ~(PLACE << i))) {
        counts[i] += count;
      }
    }
  }

  /** @param {string[]} topics @param {number} misses bits */
  addTopics(topics, misses) {
    if (!(misses & ~TOPIC)) {
      this.topics.set(topics, (this.topics.get(topics) || 0) + 1);
    }
  }

  /** Topics, the most frequent first, each with its parts behind it. @returns {FacetValue[]} */
  topicTree() {
    const counts = new Map();
    for (const [topics, number] of this.topics) {
      // A passage with two parts of a topic is one passage of that topic.
      for (const topic of new Set(topics.flatMap(topicAndAbove))) {
        counts.set(topic, (counts.get(topic) || 0) + number);
      }
    }
    const below = (above, depth) => [...counts.keys()]
      .filter((topic) => (above ? topic.startsWith(`${above}/`) : true) && topic.split("/").length === depth + 1)
      .sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1))
      .flatMap((topic) => [
        { value: topic, label: topicName(topic), count: counts.get(topic), depth }, ...below(topic, depth + 1),
      ]);
    return below("", 0);
  }

  /** @returns {Record<string, FacetValue[]>} */
  result() {
    const [places, years, issuerKinds, issuers] = [new Map(), new Map(), new Map(), new Map()];
    const count = (values, value, label, number, rest) => {
      const known = values.get(value);
      if (known) {
        known.count += number;
      } else {
        values.set(value, { value, label, count: number, ...rest });
      }
    };
    // Reports of one place share its lineage: at ten thousand, three of them and more.
    const lineages = new Map();
    for (const [{ lineage, year, issuerKind, issuer }, [inPlace, inYear, inKind, ofIssuer]] of this.reports) {
      if (inPlace) {
        lineages.set(lineage, (lineages.get(lineage) || 0) + inPlace);
      }
      if (inYear && year !== null) {
        count(years, String(year), String(year), inYear);
      }
      if (inKind && issuerKind) {
        count(issuerKinds, issuerKind[0], issuerKind[1], inKind);
      }
      if (ofIssuer && issuer !== null) {
        count(issuers, issuer, issuer, ofIssuer);
      }
    }
    for (const [lineage, number] of lineages) {
      let order = "";
      lineage.forEach(([code, name], depth) => {
        // Codes joined from the top: sorting by this gives the tree, parents first.
        order += ` ${code}`;
        count(places, code, name, number, { depth, order });
      });
    }
    const sorted = (values, compare) => [...values.values()].sort(compare);
    const byValue = (a, b) => (a.value < b.value ? -1 : 1);
    const byCount = (a, b) => b.count - a.count || byValue(a, b);
    return {
      kind: KINDS.map(({ value, name }, i) => ({ value, label: name, count: this.kinds[i] })).filter((kind) => kind.count),
      place: sorted(places, (a, b) => (a.order < b.order ? -1 : 1))
        .map(({ value, label, count: number, depth }) => ({ value, label, count: number, depth })),
      year: sorted(years, (a, b) => -byValue(a, b)),
      issuer_kind: sorted(issuerKinds, byCount),
      issuer: sorted(issuers, byCount),
      topic: this.topicTree(),
    };
  }
}
