/** Punctuation as the norm has it: one character for one, beside Han only, never a digit or a Latin letter. */

import assert from "node:assert/strict";
import test from "node:test";

import { widen } from "../../templates/static/browser/punctuation.js";

const SHOWN = [
  // between and after Han
  ["深化改革,完善制度;坚持依法行政:一是学习.", "深化改革，完善制度；坚持依法行政：一是学习。"],
  ["为什么?因为!好", "为什么？因为！好"],
  ["全年办结率99.8%,同比提高;办理1,060件,增长2.5倍.", "全年办结率99.8%，同比提高；办理1,060件，增长2.5倍。"],
  ["《条例》,“十四五”,是.", "《条例》，“十四五”，是。"],
  ['推行"双随机",效果好', '推行"双随机"，效果好'],
  ["𠮷林,好", "𠮷林，好"],
  // brackets go by pairs
  ["制(修)订", "制（修）订"],
  ["工作要点(2021-2025年)", "工作要点（2021-2025年）"],
  ["(一)健全机制", "（一）健全机制"],
  ["(1)健全机制", "（1）健全机制"],
  ["（一)健全", "（一）健全"],
  ["(十二.", "（十二."],
  ["《意见(试行)》(法〔2025〕3号),", "《意见（试行）》（法〔2025〕3号），"],
  ["规定(以下简称《办法》(修订)).", "规定（以下简称《办法》（修订））。"],
  // several lines, each by itself
  ["一.举措\n1.学习,宣传", "一.举措\n1.学习，宣传"],
];

const LEFT = [
  "1,060", "99.8%", "3.5万", "12:30", "2025.1.6", "GDP,ERP;A:B", "f(x)", "PM2.5", "https://www.gov.cn/a.html?b=1",
  "1.加强领导", "一.主要举措", "第一.", "等...", "1)加强", "A.B公司", "a(1)b", "", ",", "()",
];

test("marks beside Han are shown in full width", () => {
  for (const [published, shown] of SHOWN) {
    assert.equal(widen(published), shown);
  }
});

test("numbers, Latin, addresses and numbers of items stay", () => {
  for (const text of LEFT) {
    assert.equal(widen(text), text);
  }
});

test("whatever the text: its length, its letters and its numbers stay", () => {
  const letters = [...",.;:?!()（），。\"'一二三法治政府1290AZaz%％ \n《》“”𠮷、"];
  const half = { "，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")" };
  const folded = (text) => [...text].map((letter) => half[letter] || letter).join("");
  let seed = 7;
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: round % 23 }, () => {
      seed = (seed * 48271) % 0x7fffffff;
      return letters[seed % letters.length];
    }).join("");
    const shown = widen(text);
    assert.equal(shown.length, text.length);
    assert.equal(folded(shown), folded(text), text);
    assert.equal(shown.replace(/[^\w%]/g, ""), text.replace(/[^\w%]/g, ""));
    for (const number of text.match(/\d[,.:]\d/g) || []) {
      assert.ok(shown.includes(number), text);
    }
  }
});
