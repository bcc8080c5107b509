/**
 * What the search page says where nothing is found. A part of the script that comes late.
 */

import { element } from "./elements.js";
import { thousands } from "./naming.js";

/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./search.js").Result} Result */

/**
 * Nothing found, said plainly: what was asked, how much was looked through, and ways on.
 *
 * @param {Asked} asked
 * @param {Result} result
 * @param {import("./suggest.js").Way[]} ways
 * @param {string[]} limits what the filters are set to, each with its name
 * @param {import("./later.js").Tools["link"]} link
 * @param {import("./suggest.js").Language} language
 * @returns {HTMLElement}
 */
export function emptyNotice(asked, result, ways, limits, link, { describe, parseQuery }) {
  const query = parseQuery(asked.q);
  const unread = query.narrowings.filter(({ values }) => !values.length);
  const { reports, passages } = result.searched;
  const looked = reports
    ? `检索逐字匹配，${thousands(reports)} 份报告的 ${thousands(passages)} 段（含标题）都已查过。`
    : "限定的范围内没有报告。";
  return element("div", { class: "empty" },
    element("h2", {}, unread.length ? "限定的写法没有看懂" : `没有一段${describe(query)}`),
    element("p", {}, unread.length
      ? `${describe({ phrases: [], exclusions: [], narrowings: unread })}。若要查这几个字本身，请加英文双引号。` : looked),
    limits.length ? element("p", {}, `现限于${limits.join("；")}。`) : null,
    ways.length
      ? element("ul", {}, ways.map((way) => element("li", {}, `${way.lead}：`,
        link({ q: way.query, options: way.options, offset: 0, view: asked.view }, way.query),
        `（${thousands(way.total)} 段）`)))
      : element("p", {}, "改换说法、去掉标点或少写几个字，也都没有查到。"));
}
