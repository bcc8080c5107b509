/**
 * What the page of comparisons shows: reports in, elements out. Nothing here waits, asks or remembers;
 * compare.js does. Class names are those of the style sheet.
 */

import { LETTERS, isReport, issuerOf, lengthOf, underHeadings } from "./comparing.js";
import { copyText } from "./clipboard.js";
import { citation } from "./csv.js";
import { button, element } from "./elements.js";
import { KINDS } from "./kinds.js";
import { thousands, yearName } from "./naming.js";

/** @typedef {import("./comparing.js").ReadReport} ReadReport */
/** @typedef {import("./comparing.js").Statement} Statement */
/** @typedef {import("./comparing.js").Row} Row */

/** In a row whose longest cell has more characters, texts are folded under their headings. */
const LONG = 1000;

/** @param {string | null} value @returns {HTMLElement | null} */
function box(value) {
  const kind = KINDS.find((known) => known.value === value);
  return kind ? element("span", { class: `kind kind-${value}`, role: "img", "aria-label": kind.name }, kind.box) : null;
}

/** What a column is called. @param {ReadReport[]} reads @param {string} address */
function nameOf(reads, address) {
  return reads.length ? reads[0].report.issuer || reads[0].report.title : address;
}

/** @param {ReadReport[]} reads @param {string} address @param {number} at @returns {string} for a screen reader */
export function spokenName(reads, address, at) {
  const years = isReport(address) && reads.length ? `，${yearName(reads[0].report.year)}` : "";
  return `${LETTERS[at]}，${nameOf(reads, address)}${years}`;
}

/**
 * @param {string[]} addresses
 * @param {ReadReport[][]} columns
 * @param {string} root
 * @param {{remove: (address: string) => void, swap: (from: string, to: string) => void}} actions
 * @returns {HTMLElement}
 */
export function headRow(addresses, columns, root, actions) {
  return element("div", { class: `versus versus-head versus-${addresses.length}` }, addresses.map((address, at) => {
    const reads = columns[at];
    const about = element("p");
    if (!reads.length) {
      about.append("没有这份报告，可能改了地址，或已移除");
    } else if (isReport(address)) {
      const { year, url } = reads[0].report;
      about.append(`${yearName(year)}　${thousands(lengthOf(reads[0].statements))} 字　`,
        element("a", { href: root + url }, "全文"), "　");
      const issuer = issuerOf(address);
      about.append(swapButton("各年", `各年：${nameOf(reads, address)}`, () => actions.swap(address, issuer)));
    } else {
      reads.forEach(({ report }, i) => about.append(i ? "、" : "", element("a", { href: root + report.url }, yearName(report.year))));
    }
    return element("div", {},
      element("h2", {}, element("span", { class: "who", "aria-hidden": "true" }, LETTERS[at]), nameOf(reads, address)),
      about,
      button("移除", () => actions.remove(address), { class: "chip", "aria-label": `移除 ${nameOf(reads, address)}` }));
  }));
}

/** @param {string} label @param {string} spoken @param {() => void} press */
function swapButton(label, spoken, press) {
  return button(label, press, { class: "plain-button", "aria-label": spoken });
}

/**
 * @param {Row} row
 * @param {"kind" | "topic"} by
 * @param {string[]} names of columns, as spoken
 * @param {string} root
 * @returns {HTMLElement}
 */
export function band(row, by, names, root) {
  const id = `row-${row.value.replace(/[^\w\u3400-\u9fff]/g, "-")}`;
  const sizes = row.cells.map((cell) => lengthOf(cell.flatMap(({ statements }) => statements)));
  const isLong = Math.max(...sizes) > LONG;
  const summary = sizes.map((size, at) => [LETTERS[at], size ? `${thousands(size)} 字` : "未见"].join(" ")).join("　");
  return element("section", { class: "band", "aria-labelledby": id },
    element("h3", { id }, by === "kind" ? box(row.value) : null, row.name, element("small", {}, summary)),
    element("div", { class: `versus versus-${row.cells.length}` }, row.cells.map((cell, at) =>
      element("div", { class: "cell", role: "group", "aria-label": names[at] },
        cell.length ? cell.flatMap(({ read, statements }) => statementsIn(read, statements, {
          isLong, withKinds: by === "topic", letter: LETTERS[at], withYear: cell.length > 1, root,
        })) : element("p", { class: "none" }, element("span", { class: "who" }, LETTERS[at]), "未见")))));
}

/**
 * @param {ReadReport} read
 * @param {Statement[]} statements
 * @param {{isLong: boolean, withKinds: boolean, letter: string, withYear: boolean, root: string}} how
 * @returns {HTMLElement[]}
 */
function statementsIn(read, statements, { isLong, withKinds, letter, withYear, root }) {
  const shown = [];
  let top = "";
  underHeadings(statements).forEach(({ path, statements: own }, i) => {
    const [first = "", ...below] = path;
    if (i === 0 || first !== top) {
      top = first;
      const year = withYear && i === 0 ? element("b", {}, `${yearName(read.report.year)}　`) : null;
      shown.push(element("p", { class: "own" }, element("span", { class: "who", "aria-hidden": "true" }, letter), year, first));
    }
    const heading = below.join("　");
    const kind = withKinds ? box(own[0].kind) : null;
    const texts = own.map((statement) => paragraph(read, statement, root));
    if (isLong && heading) {
      shown.push(element("details", {},
        element("summary", {}, kind, heading, element("span", { class: "n" }, `${thousands(lengthOf(own))} 字`)), texts));
    } else {
      shown.push(...(heading || kind ? [element("p", { class: "hd" }, kind, heading)] : []), ...texts);
    }
  });
  return shown;
}

/** @param {ReadReport} read @param {Statement} statement @param {string} root */
function paragraph({ report }, { anchor, number, text }, root) {
  const to = `${root}${report.url}#${encodeURIComponent(anchor)}`;
  const where = number === null ? "原文" : `第 ${number} 段`;
  const copy = button("复制", async () => {
    copy.textContent = await copyText(quotation(report, text, new URL(to, location.href).href)) ? "已复制" : "没有复制成";
  }, { class: "plain-button", "aria-label": `复制这一段和出处，${where}` });
  return element("p", { class: "stated" }, pointByPoint(text), element("span", { class: "at" }, element("a", { href: to }, where), copy));
}

/** Each 一是 on a line of its own, as on the report's page. @param {string} text */
function pointByPoint(text) {
  return text.replace(/([。；;：:])([一二三四五六七八九十]{1,2}是)/g, "$1\n$2");
}

/**
 * A passage with its source.
 *
 * @param {import("./lines.js").Report} report
 * @param {string} text
 * @param {string} address absolute, of the passage
 * @returns {string}
 */
export function quotation(report, text, address) {
  return `${text}\n——${citation(report, address)}`;
}
