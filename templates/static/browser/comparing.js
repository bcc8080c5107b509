/**
 * What stands side by side, as the address has it, and what is then said in each row. Pure.
 *
 * A *column* is a report, or all reports of an issuer year by year. A *row* is a kind of section or
 * a topic; a *cell* is what a column says there, as published.
 */

import { KINDS } from "./kinds.js";
import { isWithinTopic, topicAndAbove, topicName } from "./topics.js";

/** So many columns stand side by side. */
export const MOST_COLUMNS = 4;

/** What columns are called where names do not fit. */
export const LETTERS = ["甲", "乙", "丙", "丁"];

/**
 * @typedef {object} Comparison
 * @property {string[]} columns addresses of reports (henan/xuchang/2025-sifaju) or issuers (henan/xuchang/sifaju)
 * @property {"kind" | "topic"} by
 * @property {string} kind the only kind that is shown; empty: all
 * @property {string} topic the only topic that is shown, its parts included; empty: all
 */

/** What one passage says. `heading` is the one it stands under, with its marker. */
/**
 * @typedef {object} Statement
 * @property {string} anchor
 * @property {number | null} number
 * @property {string | null} kind
 * @property {string[]} path headings from the top
 * @property {string[]} topics
 * @property {string} text without its heading
 */

/**
 * @typedef {object} ReadReport
 * @property {import("./lines.js").Report} report
 * @property {Statement[]} statements kind by kind, then as in the text
 */

/** @param {string} search `location.search` @returns {Comparison} */
export function readComparison(search) {
  const parameters = new URLSearchParams(search);
  const columns = parameters.getAll("r").map((address) => address.replace(/(?:^\/+)|(?:\/+(?:index\.html)?$)/g, ""));
  const kind = parameters.get("kind") || "";
  return {
    columns: [...new Set(columns.filter(Boolean))].slice(0, MOST_COLUMNS),
    by: parameters.get("by") === "topic" ? "topic" : "kind",
    kind: KINDS.some(({ value }) => value === kind) ? kind : "",
    topic: parameters.get("topic") || "",
  };
}

/** @param {Comparison} comparison @returns {string} “?…” */
export function writeComparison({ columns, by, kind, topic }) {
  // A stroke in an address is easier to read and to type as it is.
  const parts = columns.map((column) => `r=${encodeURIComponent(column).replace(/%2F/g, "/")}`);
  if (by !== "kind") {
    parts.push(`by=${by}`);
  }
  if (kind) {
    parts.push(`kind=${kind}`);
  }
  if (topic) {
    parts.push(`topic=${encodeURIComponent(topic).replace(/%2F/g, "/")}`);
  }
  return `?${parts.join("&")}`;
}

/** The issuer of a report, by their addresses; an issuer's is its own. @param {string} address @returns {string} */
export function issuerOf(address) {
  return address.replace(/\/(?:\d{4}|undated)-([^/]+)$/, "/$1");
}

/** @param {string} address @returns {boolean} whether it is that of a report, not of an issuer */
export function isReport(address) {
  return /\/(?:\d{4}|undated)-[^/]+$/.test(address);
}

/**
 * What a report says, from its places.
 *
 * @param {import("./segment.js").Standing[]} standings all places of a report, in their order
 * @param {string[][]} topics of each
 * @returns {Statement[]} a passage of several lines once
 */
export function statementsOf(standings, topics) {
  const byAnchor = new Map();
  standings.forEach(({ line, place }, i) => {
    const text = line.text.slice(place.body, place.end).trim();
    const known = byAnchor.get(place.anchor);
    if (known) {
      known.text += `\n${text}`;
    } else if (text && place.anchor && !place.title) {
      const { path, kind } = place.section;
      byAnchor.set(place.anchor, { anchor: place.anchor, number: place.number, kind, path, topics: topics[i], text });
    }
  });
  return [...byAnchor.values()];
}

/**
 * @typedef {object} Row
 * @property {string} value kind or topic
 * @property {string} name
 * @property {{read: ReadReport, statements: Statement[]}[][]} cells of each column, report by report; only what says something
 */

/**
 * @param {ReadReport[][]} columns the reports of each
 * @param {Comparison} comparison
 * @returns {Row[]} in the order of kinds, or of topics as they first come up; only what some column says
 */
export function rowsOf(columns, { by, kind, topic }) {
  const admits = (statement) => (!kind || statement.kind === kind)
    && (!topic || statement.topics.some((own) => isWithinTopic(own, topic)));
  const row = (value, name, isOf) => ({
    value,
    name,
    cells: columns.map((reads) => reads.map((read) => ({
      read, statements: read.statements.filter((statement) => admits(statement) && isOf(statement)),
    })).filter(({ statements }) => statements.length)),
  });
  const rows = by === "kind"
    ? KINDS.map(({ value, name }) => row(value, name, (statement) => statement.kind === value))
    : topicsIn(columns, topic).map((value) =>
      row(value, topicName(value), (statement) => statement.topics.some((own) => isWithinTopic(own, value))));
  return rows.filter(({ cells }) => cells.some((cell) => cell.length));
}

/** The topics that make rows: those of the top, or one of them with its parts. */
function topicsIn(columns, topic) {
  if (topic) {
    return [topic];
  }
  return topTopics(columns);
}

/** @param {ReadReport[][]} columns @returns {string[]} topics of the top, as they first come up */
export function topTopics(columns) {
  const every = columns.flat().flatMap(({ statements }) => statements.flatMap(({ topics }) => topics));
  return [...new Set(every.map((topic) => topicAndAbove(topic)[0]))];
}

/** @param {ReadReport[][]} columns @returns {string[]} every topic that comes up, each with its parts behind it */
export function topicsWithParts(columns) {
  const every = new Set(columns.flat().flatMap(({ statements }) =>
    statements.flatMap(({ topics }) => topics.flatMap(topicAndAbove))));
  return topTopics(columns).flatMap((top) =>
    [top, ...[...every].filter((topic) => topic !== top && isWithinTopic(topic, top)).sort()]);
}

/** Statements of one heading. @param {Statement[]} statements @returns {{path: string[], statements: Statement[]}[]} */
export function underHeadings(statements) {
  const groups = [];
  for (const statement of statements) {
    const last = groups[groups.length - 1];
    if (last && last.path.join("\n") === statement.path.join("\n")) {
      last.statements.push(statement);
    } else {
      groups.push({ path: statement.path, statements: [statement] });
    }
  }
  return groups;
}

/** How long statements are for a reader. @param {Statement[]} statements @returns {number} characters, blanks aside */
export function lengthOf(statements) {
  return statements.reduce((sum, { text }) => sum + Array.from(text.replace(/\s/g, "")).length, 0);
}
