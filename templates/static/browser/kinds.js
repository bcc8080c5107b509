/**
 * The kinds of sections: their names, their boxed characters, and the words readers use for them.
 *
 * The order is that of the rule for these reports, and of `Kind` in report.py; box and name are
 * those of src/govreport_site/data/interface.yaml (tests/test_assets.py holds them together).
 */

import { fold } from "./normalise.js";

/**
 * @typedef {object} KindName
 * @property {string} value as in data and addresses
 * @property {string} box the boxed character
 * @property {string} name on screen
 * @property {string[]} words what may stand after 种类: (the first is the one we show)
 */

/** @type {readonly KindName[]} */
export const KINDS = [
  { value: "achievements", box: "成", name: "主要举措和成效", words: ["成效", "举措", "举措和成效", "主要举措", "成绩"] },
  { value: "problems", box: "缺", name: "存在的不足", words: ["问题", "不足", "存在的问题", "存在问题", "不足和原因"] },
  { value: "plans", box: "计", name: "下一年度安排", words: ["安排", "计划", "打算", "下一步", "下一年度", "工作安排"] },
  { value: "leadership", box: "责", name: "负责人履职", words: ["履职", "负责人", "主要负责人", "党政主要负责人履职"] },
  { value: "mixed", box: "合", name: "不足与安排合写", words: ["合写", "混合", "不足与安排", "不足和安排"] },
  { value: "other", box: "余", name: "其他", words: ["其他", "其它", "其余"] },
];

/** Values as the index numbers them; the last stands for none. */
export const KIND_VALUES = [...KINDS.map(({ value }) => value), null];

/**
 * @param {string} folded a name, a word for it, the boxed character or the value, folded
 * @returns {string | null} the value
 */
export function kindOf(folded) {
  const kind = KINDS.find(({ value, box, name, words }) =>
    [value, box, name, ...words].some((word) => fold(word).text === folded));
  return kind ? kind.value : null;
}
