/**
 * Answers as CSV, each with the form in which it is cited and its address. Pure.
 *
 * Twin: `citation` and src/govreport_site/citation.py.
 */

/** @typedef {import("./search.js").Hit} Hit */
/** @typedef {import("./rows.js").Row} Row */

/**
 * GB/T 7714—2025, a report shown as a web page: 责任者. 题名[R/OL]. 日期. 网址.
 *
 * @param {{issuer: string | null, title: string, date: string | null}} report
 * @param {string} address absolute; one on the reader's own disk is no address to cite
 * @returns {string}
 */
export function citation({ issuer, title, date }, address) {
  const isOnline = /^https?:/.test(address);
  const parts = [issuer || "佚名", `${title.replace(/\s+/g, " ").trim()}${isOnline ? "[R/OL]" : "[R]"}`];
  return [...parts, ...(date ? [date] : []), ...(isOnline ? [address] : [])].join(". ") + ".";
}

/**
 * Lines of cells as CSV. A cell that a spreadsheet would take for a formula gets a quote in
 * front: reports come from anywhere.
 *
 * @param {(string | number | null | undefined)[][]} lines
 * @returns {string} without an end of line behind the last
 */
export function csvOf(lines) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${safe.replace(/"/g, '""')}"`;
  };
  return lines.map((line) => line.map(cell).join(",")).join("\r\n");
}

const ABOUT = ["板块", "发文机关", "地区", "报告年度", "标题", "段", "引文", "地址"];

/** @param {Hit} hit @param {string} base @param {(kind: string) => string} kindName */
function aboutHit(hit, base, kindName) {
  const { report } = hit;
  // The page of a report is cited without the words that led to it.
  const page = new URL(report.url, base).href;
  return [
    hit.kind ? kindName(hit.kind) : "", report.issuer, report.places.join(""), report.year, hit.heading, hit.number,
    citation(report, page), new URL(hit.url, base).href,
  ];
}

/**
 * @param {Hit[]} hits
 * @param {string} base absolute address that the links are relative to
 * @param {(kind: string) => string} kindName
 * @returns {string} a header, and a line for each passage
 */
export function passagesCsv(hits, base, kindName) {
  return csvOf([["段落", "处", ...ABOUT], ...hits.map((hit) =>
    [hit.text.slice(hit.span[0], hit.span[2]), hit.occurrences, ...aboutHit(hit, base, kindName)])]);
}

/** @param {Row[]} rows @param {string} base @param {(kind: string) => string} kindName @returns {string} */
export function concordanceCsv(rows, base, kindName) {
  return csvOf([["前文", "词", "后文", ...ABOUT], ...rows.map(({ hit, left, word, right }) =>
    [left, word, right, ...aboutHit(hit, base, kindName)])]);
}
