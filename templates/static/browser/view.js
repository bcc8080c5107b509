/**
 * What the search page shows: results in, elements out. Nothing here waits, asks or remembers;
 * searching.js does. Class names are those of the style sheet.
 */

import { withChoice, writeAddress } from "./address.js";
import { button, element, marked } from "./elements.js";
import { KINDS } from "./kinds.js";
import { describe, parseQuery } from "./query.js";
import { partsOf, snippetOf } from "./snippet.js";

/** @typedef {import("./search.js").Hit} Hit */
/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./facets.js").FacetValue} FacetValue */
/** @typedef {import("./address.js").Asked} Asked */

/**
 * What the reader may do; each changes the question.
 *
 * @typedef {object} Actions
 * @property {(asked: Asked) => void} ask
 * @property {() => void} more
 * @property {() => void} retry
 */

const SORTS = [["", "按相关"], ["date", "按时间，新的在前"], ["place", "按地区"]];
const CONCORDANCE_SORTS = [["right", "按右侧文字"], ["left", "按左侧文字"], ["place", "按地区"]];

const FACET_NAMES = [
  ["kind", "板块"], ["place", "地区"], ["year", "报告年度"], ["issuer_kind", "机关类别"], ["issuer", "发文机关"],
  ["topic", "主题"],
];

/** A long facet is folded to this many values. */
const FACET_VALUES = 8;

/** Characters on each side of a word in the concordance. */
const CONTEXT = 36;

/** Occurrences listed in the concordance: beyond this nobody reads on, and the page grows slow. */
export const CONCORDANCE_ROWS = 500;

/**
 * @param {string | null} value
 * @returns {HTMLElement | null}
 */
export function kindBox(value) {
  const kind = KINDS.find((known) => known.value === value);
  return kind ? element("span", { class: `kind kind-${value}`, role: "img", "aria-label": kind.name }, kind.box) : null;
}

/** The query as it is quoted in headings. @param {string} q @returns {string} */
function quoted(q) {
  const shown = q.trim();
  return `“${shown.length > 40 ? `${shown.slice(0, 40)}……` : shown}”`;
}

/** “普法” 9 段 37 处: also what a screen reader is told. @param {Asked} asked @param {Result} result */
export function countLine(asked, result) {
  const marks = result.occurrences ? ` ${result.occurrences.toLocaleString("en")} 处` : "";
  return `${quoted(asked.q)} ${result.total.toLocaleString("en")} 段${marks}`;
}

/**
 * Where the heading ends that is shown above a hit: as its section is titled, without the
 * closing mark of a run-in heading.
 *
 * @param {Hit} hit
 * @returns {number}
 */
function headingEnd({ text, span: [start, body], path }) {
  const title = path[path.length - 1] || "";
  return title && text.startsWith(title, start) ? start + title.length : body;
}

/** @param {Hit} hit @returns {HTMLElement} */
export function hitItem(hit) {
  const [start, body, end] = hit.span;
  const ownHeading = body > start;
  const above = hit.path[hit.path.length - 1] || hit.report.title;
  const heading = ownHeading ? marked(partsOf(hit.text, hit.marks, start, headingEnd(hit))) : above;
  const snippet = snippetOf(hit.text, hit.marks, { start: body, end });
  const excerpt = element("blockquote", {},
    snippet.cutBefore ? "……" : "", marked(snippet.parts), snippet.cutAfter ? "……" : "");
  const number = hit.number === null ? "" : `，第 ${hit.number} 段`;
  const higher = hit.path.slice(0, -1).join(" › ");
  return element("li", { class: "hit" },
    element("h2", {}, kindBox(hit.kind), element("a", { href: hit.url }, heading)),
    body < end ? excerpt : null,
    element("p", { class: "src" },
      element("span", {}, hit.report.issuer || hit.report.title),
      element("span", {}, `${hit.report.year === null ? "年度未注明" : `${hit.report.year} 年度`}${number}`),
      higher ? element("span", {}, higher) : null,
      hit.occurrences ? element("span", {}, `${hit.occurrences} 处`) : null));
}

/**
 * The line above the answers: how many, which view, which order.
 *
 * @param {Asked} asked
 * @param {Result} result
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function resultBar(asked, result, actions) {
  const concordance = asked.view === "concordance";
  const viewLink = (view, label) => {
    const { sort, ...facets } = asked.options;
    const target = { ...asked, options: facets, view, offset: 0 };
    return askLink(target, label, actions, asked.view === view ? { "aria-current": "true" } : {});
  };
  const sorts = concordance ? CONCORDANCE_SORTS : SORTS;
  const chosen = asked.options.sort || sorts[0][0];
  const select = element("select", { name: "sort" },
    sorts.map(([value, label]) => element("option", { value, selected: value === chosen }, label)));
  select.addEventListener("change", () => {
    actions.ask({ ...asked, options: { ...asked.options, sort: select.value }, offset: 0 });
  });
  return element("div", { class: "bar" },
    element("strong", {}, countLine(asked, result)),
    result.occurrences
      ? element("span", { class: "views" }, viewLink("passages", "段落"), viewLink("concordance", "语境"))
      : null,
    result.total > 1 ? element("label", {}, "排列 ", select) : null);
}

/**
 * A link that asks something else, without leaving the page.
 *
 * @param {Asked} asked
 * @param {string} label
 * @param {Actions} actions
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElement}
 */
function askLink(asked, label, actions, attributes = {}) {
  const link = element("a", { href: writeAddress(asked), ...attributes }, label);
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      actions.ask(asked);
    }
  });
  return link;
}

/**
 * @param {Asked} asked
 * @param {Result} result
 * @param {Actions} actions
 * @param {boolean} isOpen whether more than the first facet is shown: on a phone hits come before filters
 * @returns {HTMLElement[]} one fieldset for each facet that has something to choose, all but the first in a fold
 */
export function facetFields(asked, result, actions, isOpen) {
  const [first, ...others] = FACET_NAMES.map(([facet, name]) => {
    const chosen = (asked.options[facet] || "").split(",").filter(Boolean);
    const known = result.facets[facet];
    // What was chosen stays visible, else nobody could take it back.
    const missing = chosen.filter((value) => !known.some((entry) => entry.value === value))
      .map((value) => ({ value, label: labelOf(facet, value), count: 0 }));
    const values = facet === "place" ? openBranches(known, chosen).concat(missing) : known.concat(missing);
    if (!values.length) {
      return null;
    }
    const box = (entry) => facetBox(facet, entry, chosen.includes(entry.value), (ticked) => {
      actions.ask({ ...asked, options: withChoice(asked.options, facet, entry.value, ticked), offset: 0 });
    });
    const shown = values.filter((entry, i) => i < FACET_VALUES || chosen.includes(entry.value));
    const rest = values.filter((entry) => !shown.includes(entry));
    return element("fieldset", { class: "facet" }, element("legend", {}, name), shown.map(box),
      rest.length > 0
        ? element("details", {}, element("summary", {}, `另 ${rest.length} 项`), rest.map(box))
        : null);
  });
  const folded = others.filter((field) => field !== null);
  const fold = element("details", { class: "facets", open: isOpen }, element("summary", {}, "按地区、年度、机关限定"), folded);
  return [first, folded.length ? fold : null].filter((field) => field !== null);
}

/** @param {string} facet @param {string} value @returns {string} */
function labelOf(facet, value) {
  const kind = KINDS.find((known) => known.value === value);
  return facet === "kind" && kind ? kind.name : value;
}

/** @param {string} facet @param {FacetValue} entry @param {boolean} ticked @param {(ticked: boolean) => void} change */
function facetBox(facet, { value, label, count, depth }, ticked, change) {
  const input = element("input", { type: "checkbox", name: facet, value, checked: ticked });
  input.addEventListener("change", () => change(input.checked));
  const kind = facet === "kind" ? KINDS.find((known) => known.value === value) : null;
  return element("label", { class: depth ? `depth-${depth}` : null }, input,
    kind ? element("span", { class: `kind kind-${value}`, "aria-hidden": "true" }, kind.box) : null,
    // On a phone the boxed character alone stands for the name.
    element("span", { class: kind ? "name" : null }, label),
    element("span", { class: "n" }, count.toLocaleString("en")));
}

/**
 * The tree of places, opened where the reader is: provinces, and what lies under a place that
 * is chosen or has no fellow.
 *
 * @param {FacetValue[]} places in tree order
 * @param {string[]} chosen
 * @returns {FacetValue[]}
 */
function openBranches(places, chosen) {
  const provinces = [];
  const way = [];
  for (const entry of places) {
    const node = { entry, below: [] };
    while (way.length && way[way.length - 1].entry.depth >= entry.depth) {
      way.pop();
    }
    (way.length ? way[way.length - 1].below : provinces).push(node);
    way.push(node);
  }
  const holdsChoice = ({ entry, below }) => chosen.includes(entry.value) || below.some(holdsChoice);
  const visible = (nodes) => nodes.flatMap((node) =>
    [node.entry, ...(nodes.length === 1 || holdsChoice(node) ? visible(node.below) : [])]);
  return visible(provinces);
}

/**
 * @typedef {object} Row one occurrence with its context
 * @property {Hit} hit
 * @property {string} left
 * @property {string} word
 * @property {string} right
 */

/**
 * @param {Hit[]} hits
 * @param {string} sort “left”, “right” or “place” (as the hits come)
 * @returns {Row[]}
 */
export function concordanceRows(hits, sort) {
  const rows = hits.flatMap((hit) => {
    const [from, , until] = hit.span;
    return hit.marks.filter(([start]) => from <= start && start < until).map(([start, end]) => ({
      hit,
      left: hit.text.slice(Math.max(0, start - CONTEXT), start),
      word: hit.text.slice(start, end),
      right: hit.text.slice(end, end + CONTEXT),
    }));
  });
  const backwards = (text) => Array.from(text).reverse().join("");
  if (sort === "place") {
    return rows;
  }
  return rows
    .map((row) => ({ row, by: sort === "left" ? backwards(row.left) : row.right }))
    .sort((a, b) => (a.by < b.by ? -1 : Number(a.by > b.by)))
    .map(({ row }) => row);
}

/** @param {Row[]} rows @returns {HTMLElement} */
export function concordanceTable(rows) {
  const heads = [["l", "前文"], ["k", "词"], ["r", "后文"], ["s", "出处"]];
  const longest = Math.max(0, ...rows.map(({ word }) => word.length));
  const width = [2, 4, 8, 16].find((characters) => longest <= characters) || 16;
  return element("table", { class: `kwic kwic-${width}` },
    element("thead", {}, element("tr", {}, heads.map(([c, label]) => element("th", { scope: "col", class: c }, label)))),
    element("tbody", {}, rows.map(({ hit, left, word, right }) => element("tr", {},
      element("td", { class: "l" }, element("bdi", {}, left)),
      element("td", { class: "k" }, element("mark", {}, word)),
      element("td", { class: "r" }, right),
      element("td", { class: "s" }, kindBox(hit.kind),
        element("a", { href: hit.url },
          element("span", { class: "hide" }, `${placeName(hit)} ${hit.report.year || ""}，`),
          hit.number === null ? "原文" : String(hit.number)))))));
}

/** @param {Hit} hit @returns {string} */
function placeName({ report }) {
  return report.places[report.places.length - 1] || report.issuer || report.title;
}

/**
 * Rows as CSV with a header. A cell that a spreadsheet would take for a formula gets a quote in
 * front: reports come from anywhere.
 *
 * @param {Row[]} rows
 * @param {string} base absolute address that the links are relative to
 * @returns {string}
 */
export function concordanceCsv(rows, base) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  };
  const head = ["前文", "词", "后文", "板块", "发文机关", "地区", "报告年度", "标题", "段", "地址"];
  const lines = rows.map(({ hit, left, word, right }) => [
    left, word, right, labelOf("kind", hit.kind || ""), hit.report.issuer, hit.report.places.join(""), hit.report.year,
    hit.heading, hit.number, new URL(hit.url, base).href,
  ]);
  return [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n");
}

/**
 * Nothing found, said plainly: what was asked, how much was looked through, and ways on.
 *
 * @param {Asked} asked
 * @param {Result} result
 * @param {import("./suggest.js").Way[] | null} ways null while they are being looked for
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function emptyNotice(asked, result, ways, actions) {
  const query = parseQuery(asked.q);
  const unread = query.narrowings.filter(({ values }) => !values.length);
  const { reports, passages } = result.searched;
  const chosen = FACET_NAMES.filter(([facet]) => asked.options[facet]).map(([facet, name]) => {
    const labels = asked.options[facet].split(",").map((value) => {
      const known = result.facets[facet].find((entry) => entry.value === value);
      return known ? known.label : labelOf(facet, value);
    });
    return `${name}：${labels.join("、")}`;
  });
  const looked = reports
    ? `检索逐字匹配，${reports.toLocaleString("en")} 份报告的 ${passages.toLocaleString("en")} 段（含标题）都已查过。`
    : "限定的范围内没有报告。";
  return element("div", { class: "empty" },
    element("h2", {}, unread.length ? "限定的写法没有看懂" : `没有一段${describe(query)}`),
    element("p", {}, unread.length
      ? `${describe({ phrases: [], exclusions: [], narrowings: unread })}。若要查这几个字本身，请加英文双引号。` : looked),
    chosen.length ? element("p", {}, `现限于${chosen.join("；")}。`) : null,
    ways === null || ways.length
      ? element("ul", {}, (ways || []).map((way) => element("li", {}, `${way.lead}：`,
        askLink({ q: way.query, options: way.options, offset: 0, view: asked.view }, way.query, actions),
        `（${way.total.toLocaleString("en")} 段）`)))
      : element("p", {}, "改换说法、去掉标点或少写几个字，也都没有查到。"));
}

/** A query that holds nothing to look for. @param {Asked} asked @returns {HTMLElement} */
export function pointlessNotice(asked) {
  const excludes = parseQuery(asked.q).exclusions.length > 0;
  return element("div", { class: "empty" },
    element("h2", {}, `${quoted(asked.q)}里没有可查的字`),
    element("p", {}, excludes
      ? "只写了要排除的词。请再写一个要查的词。"
      : "顿号、引号、括号、短横等连接标点不单独检索；要查标点本身，请加英文双引号，例如 \"、\"。"));
}

/** @param {string} message @param {Actions} actions @returns {HTMLElement} */
export function failedNotice(message, actions) {
  return element("div", { class: "empty", role: "alert" },
    element("h2", {}, "检索数据没有读出来"),
    element("p", {}, `${message}。`),
    element("ul", {},
      element("li", {}, "网站刚刚更新过：请刷新本页，再查一次。"),
      element("li", {}, "从文件夹打开：请确认整个文件夹（含 search 目录）已一并复制，且已从压缩包中解出。")),
    element("p", {}, button("重试", actions.retry, { class: "btn" })));
}

/** @param {number} shown @param {Result} result @param {Actions} actions @returns {HTMLElement[]} */
export function listFoot(shown, result, actions) {
  const line = element("p", { class: "hint" },
    `第 1—${shown.toLocaleString("en")} 段，共 ${result.total.toLocaleString("en")} 段。`);
  return shown < result.total
    ? [line, element("p", {}, button("更多", actions.more, { class: "btn" }))]
    : [line];
}
