/**
 * `window.govreport.search`: a query and options in, a promise of the answers out.
 *
 * Exact: a passage is an answer when its line, folded, holds every phrase of the query, folded.
 * The order is fully settled, so the same question always gives the same list.
 */

import { FacetCounts, missesAtMostOne, missesOfReport, missesOfSection, queryAdmitsReport, queryAdmitsSection,
  readFilters } from "./facets.js";
import { asksSomething, parseQuery, wordsAsTyped } from "./query.js";
import { inSlices } from "./slices.js";
import { answersIn, marksIn } from "./units.js";

/** @typedef {import("./units.js").IndexedReport} IndexedReport */
/** @typedef {import("./units.js").Answer} Answer */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./facets.js").FacetValue} FacetValue */

/**
 * Strings as in the address; several values by comma.
 *
 * @typedef {object} Options
 * @property {string} [kind] “problems,plans”
 * @property {string} [place] a code; everything below it too
 * @property {string} [year] “2020-2025”
 * @property {string} [issuer_kind]
 * @property {string} [issuer] the whole name
 * @property {string} [topic]
 * @property {string} [sort] “relevance” (default), “date” or “place”
 * @property {string | number} [limit] 20 when not given
 * @property {string | number} [offset]
 */

/**
 * @typedef {object} Hit
 * @property {{id: string, title: string, url: string, issuer: string | null, place: string | null,
 *   places: string[], year: number | null, date: string | null}} report `url` leads there from the asking page
 * @property {string} passage id on the report's page
 * @property {string} url leads to the passage, marks shown, from the asking page
 * @property {string} heading the path in one line
 * @property {string[]} path headings from the top
 * @property {string | null} kind
 * @property {number | null} number as in the margin of the report's page
 * @property {string} text the whole line, as published
 * @property {[number, number][]} marks every occurrence in `text`, in its UTF-16 units; may overlap
 * @property {[number, number, number]} span where the passage begins in `text`, where its run-in
 *   heading is over, and where the passage ends
 * @property {number} occurrences in the passage
 */

/**
 * @typedef {object} Result
 * @property {number} total passages that answer
 * @property {number} occurrences of all phrases in them
 * @property {Hit[]} hits
 * @property {Record<string, FacetValue[]>} facets
 * @property {{reports: number, passages: number}} searched what was looked through within the choice
 */

/**
 * @param {() => Promise<IndexedReport[]>} load the reports; asked for with the first question
 * @param {string} root relative address of the site's root: “../”
 * @returns {(query: string, options?: Options) => Promise<Result>}
 */
export function createSearch(load, root) {
  return async function search(text, options = {}) {
    const query = parseQuery(String(text));
    const filters = readFilters(options);
    const counts = new FacetCounts();
    const searched = { reports: 0, passages: 0 };
    /** @type {Answer[]} */
    const answers = [];
    if (asksSomething(query)) {
      await inSlices(await load(), (report) => {
        const misses = missesOfReport(filters, report);
        if (!missesAtMostOne(misses) || !queryAdmitsReport(query, report)) {
          return;
        }
        if (misses === 0) {
          searched.reports += 1;
          for (const section of report.sections) {
            const within = queryAdmitsSection(query, section) && missesOfSection(filters, report, section) === 0;
            searched.passages += within ? section.passages : 0;
          }
        }
        for (const answer of answersIn(report, query)) {
          const { section } = report.places[answer.place];
          const all = misses | missesOfSection(filters, report, section);
          if (missesAtMostOne(all) && queryAdmitsSection(query, section)) {
            counts.add(answer, all);
            if (all === 0) {
              answers.push(answer);
            }
          }
        }
      });
    }
    answers.sort(orderOf(options.sort));
    const offset = countOf(options.offset, 0);
    const shown = answers.slice(offset, offset + countOf(options.limit, 20));
    return {
      total: answers.length,
      occurrences: answers.reduce((sum, answer) => sum + answer.occurrences, 0),
      hits: shown.map((answer) => hitOf(answer, query, root)),
      facets: counts.result(),
      searched,
    };
  };
}

/** @param {string | number | undefined} value @param {number} otherwise @returns {number} */
function countOf(value, otherwise) {
  return /^\d+$/.test(String(value)) ? Number(value) : otherwise;
}

/** @param {Answer} answer @param {Query} query @param {string} root @returns {Hit} */
function hitOf(answer, query, root) {
  const { report } = answer;
  const { line, start, body, end, anchor, section, number } = report.places[answer.place];
  const text = report.lines[line];
  const page = root + report.url;
  const words = wordsAsTyped(query);
  return {
    report: {
      id: report.id,
      title: report.title,
      url: page,
      issuer: report.issuer,
      place: report.lineage.length ? report.lineage[report.lineage.length - 1][0] : null,
      places: report.lineage.map(([, name]) => name),
      year: report.year,
      date: report.date,
    },
    passage: anchor,
    url: page + (words ? `?${new URLSearchParams({ q: words })}` : "") + (anchor ? `#${encodeURIComponent(anchor)}` : ""),
    heading: section.path.join(" › "),
    path: section.path,
    kind: section.kind,
    number,
    text,
    marks: marksIn(text, query.phrases),
    span: [start, body, end],
    occurrences: answer.occurrences,
  };
}

/**
 * Compares by code units, never by the browser's language: everyone sees the same order.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function compareText(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** Newest first; a report without date comes last. */
function compareDates(a, b) {
  return compareText(b.report.date || "", a.report.date || "");
}

/** The last word wherever two answers are otherwise alike. */
function compareStanding(a, b) {
  return compareText(a.report.id, b.report.id) || a.place - b.place;
}

/** Codes from the province down; “~” comes after every code, so reports without place end the list. */
function comparePlaces(a, b) {
  const codes = ({ report }) => report.lineage.map(([code]) => code).join(" ") || "~";
  return compareText(codes(a), codes(b)) || (b.report.year || 0) - (a.report.year || 0);
}

/**
 * A heading that says it beats a text that says it; words side by side beat words apart; then
 * more often, then in a shorter line, then newer.
 */
function compareRelevance(a, b) {
  const length = ({ report, place }) => report.lines[report.places[place].line].length;
  return Number(b.inHeading) - Number(a.inHeading)
    || Number(b.whole) - Number(a.whole)
    || b.occurrences - a.occurrences
    || length(a) - length(b)
    || compareDates(a, b);
}

/** @param {string | undefined} sort @returns {(a: Answer, b: Answer) => number} */
function orderOf(sort) {
  const first = sort === "date" ? compareDates : sort === "place" ? comparePlaces : compareRelevance;
  return (a, b) => first(a, b) || compareStanding(a, b);
}
