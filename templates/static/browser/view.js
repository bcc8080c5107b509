/**
 * What the search page shows: results in, elements out. Nothing here waits, asks or remembers;
 * searching.js does. Class names are those of the style sheet.
 */

import { withChoice, withoutFacets, writeAddress } from "./address.js";
import { button, element, marked } from "./elements.js";
import { KINDS } from "./kinds.js";
import { FACET_NAMES, labelOf } from "./labels.js";
import { thousands, yearName } from "./naming.js";
import { parseQuery } from "./query.js";
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

const VIEW_NAMES = [["passages", "段落"], ["concordance", "语境"], ["counts", "统计"]];

/**
 * @param {string | null} value
 * @param {boolean} [isNamed] its name stands beside it
 * @returns {HTMLElement | null}
 */
export function kindBox(value, isNamed = false) {
  const kind = KINDS.find((known) => known.value === value);
  return kind ? element("span", {
    class: `kind kind-${value}`, ...(isNamed ? { "aria-hidden": "true" } : { role: "img", "aria-label": kind.name }),
  }, kind.box) : null;
}

/** The query as it is quoted in headings. @param {string} q @returns {string} */
function quoted(q) {
  const shown = q.trim();
  return `“${shown.slice(0, 40)}${shown.length > 40 ? "……" : ""}”`;
}

/** “普法” 9 段 37 处. @param {Asked} asked @param {Result} result */
export function countLine(asked, result) {
  const marks = result.occurrences ? ` ${thousands(result.occurrences)} 处` : "";
  return `${quoted(asked.q)} ${thousands(result.total)} 段${marks}`;
}

/** @param {Asked} asked @returns {string[][]} the orders of a view, the first one unless another is asked for */
function sortsOf(asked) {
  return { passages: SORTS, concordance: CONCORDANCE_SORTS, counts: [] }[asked.view];
}

/** What a screen reader is told: how many, in which view, in which order. @param {Asked} asked @param {Result} result */
export function spoken(asked, result) {
  if (!result.total) {
    return `没有找到${quoted(asked.q)}`;
  }
  const sorts = sortsOf(asked);
  const order = sorts.find(([value]) => value === asked.options.sort) || sorts[0];
  const view = VIEW_NAMES.find(([value]) => value === asked.view);
  return [countLine(asked, result), view[1], ...(order && result.total > 1 ? [order[1]] : [])].join("，");
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
      element("span", {}, `${yearName(hit.report.year)}${number}`),
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
  const viewLink = ([view, label]) => {
    const { sort, ...facets } = asked.options;
    const target = { ...asked, options: facets, view, offset: 0 };
    return askLink(target, label, actions, asked.view === view ? { "aria-current": "true" } : {});
  };
  // A query of narrowings alone has passages and no words to line up.
  const views = VIEW_NAMES.filter(([view]) => view !== "concordance" || result.occurrences || asked.view === view);
  const sorts = sortsOf(asked);
  const select = element("select", { name: "sort" },
    sorts.map(([value, label]) => element("option", { value, selected: value === (asked.options.sort || sorts[0][0]) }, label)));
  select.addEventListener("change", () => {
    actions.ask({ ...asked, options: { ...asked.options, sort: select.value }, offset: 0 });
  });
  return element("div", { class: "bar" },
    element("strong", { tabindex: "-1" }, countLine(asked, result)),
    element("span", { class: "views", role: "group", "aria-label": "看法" }, views.map(viewLink)),
    result.total > 1 && sorts.length ? element("label", {}, "排列 ", select) : null);
}

/**
 * What the answers are limited to, each to be taken back with one press.
 *
 * @param {Asked} asked
 * @param {Actions} actions
 * @returns {HTMLElement | null} null where nothing is chosen
 */
export function chipRow(asked, actions) {
  const chips = FACET_NAMES.flatMap(([facet]) => (asked.options[facet] || "").split(",").filter(Boolean).map((value) => {
    const label = labelOf(facet, value);
    return element("li", {}, button(label, () => {
      actions.ask({ ...asked, options: withChoice(asked.options, facet, value, false), offset: 0 });
    }, { class: "chip", "aria-label": `取消限定：${label}` }));
  }));
  if (chips.length > 1) {
    chips.push(element("li", {}, askLink({ ...asked, options: withoutFacets(asked.options), offset: 0 }, "全部取消", actions)));
  }
  return chips.length ? element("ul", { class: "chips", "aria-label": "现在的限定" }, chips) : null;
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
export function askLink(asked, label, actions, attributes = {}) {
  const link = element("a", { href: writeAddress(asked), ...attributes }, label);
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      actions.ask(asked);
    }
  });
  return link;
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

/**
 * @param {number} shown
 * @param {Result} result
 * @param {Actions} actions
 * @param {HTMLElement} copy the button that copies all of them
 * @returns {HTMLElement[]}
 */
export function listFoot(shown, result, actions, copy) {
  const line = element("p", { class: "hint" },
    `第 1—${thousands(shown)} 段，共 ${thousands(result.total)} 段。`);
  return [line, element("p", { class: "acts" },
    shown < result.total ? button("更多", actions.more, { class: "btn" }) : null, copy)];
}
