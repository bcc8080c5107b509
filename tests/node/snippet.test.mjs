// The window shown of a long passage, and the ways on from an empty answer.

import assert from "node:assert/strict";
import test from "node:test";

import { mergeMarks, partsOf, snippetOf } from "../../templates/static/browser/snippet.js";
import { fold } from "../../templates/static/browser/normalise.js";
import { parseQuery, phraseAsTyped, queryAsTyped } from "../../templates/static/browser/query.js";
import { createSearch } from "../../templates/static/browser/search.js";
import { longestPart, waysOn } from "../../templates/static/browser/suggest.js";
import { marksIn } from "../../templates/static/browser/lines.js";
import { textSegment } from "../../templates/static/browser/texts.js";
import { random, report } from "./made.mjs";

const language = { fold, parseQuery, phraseAsTyped, queryAsTyped };

test("overlapping and touching marks become one, clipped", () => {
  assert.deepEqual(mergeMarks([[0, 2], [1, 3], [3, 5], [7, 9]]), [[0, 5], [7, 9]]);
  assert.deepEqual(mergeMarks([[0, 2], [1, 3], [7, 9]], 1, 8), [[1, 3], [7, 8]]);
  assert.deepEqual(partsOf("一二三四", [[1, 2], [1, 3]], 0, 4), [["一", false], ["二三", true], ["四", false]]);
});

test("a short passage is shown whole", () => {
  assert.deepEqual(snippetOf("依法行政。", [[0, 2]]), {
    parts: [["依法", true], ["行政。", false]], cutBefore: false, cutAfter: false,
  });
});

test("of a long passage the densest part is shown, from the beginning of a sentence", () => {
  const text = `普法${"一".repeat(300)}。从这里普法，再普法，又普法${"二".repeat(300)}`;
  const marks = [];
  for (let at = text.indexOf("普法"); at !== -1; at = text.indexOf("普法", at + 1)) {
    marks.push([at, at + 2]);
  }
  const { parts, cutBefore, cutAfter } = snippetOf(text, marks);
  assert.ok(cutBefore && cutAfter);
  assert.equal(parts.filter(([, isMark]) => isMark).length, 3);
  assert.equal(parts[0][0], "从这里");
});

test("a snippet is a part of the text, holds a mark, and cuts no pair", () => {
  const { text, below } = random(11);
  for (let round = 0; round < 2000; round += 1) {
    const published = text(400, 1);
    const start = below(published.length);
    const query = Array.from(published.slice(start, start + 3)).join("");
    const marks = marksIn(published, [{ text: query, strict: true, folded: query }]);
    const { parts, cutBefore, cutAfter } = snippetOf(published, marks);
    const shown = parts.map(([part]) => part).join("");
    assert.ok(published.includes(shown));
    assert.equal(cutBefore, !published.startsWith(shown) || (cutBefore && shown === ""));
    assert.ok(cutAfter || published.endsWith(shown));
    assert.ok(!marks.length || parts.some(([, isMark]) => isMark));
    assert.ok(shown.length <= 200);
    assert.equal(/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(shown), false);
  }
});

test("the longest part of a word that exists", async () => {
  const texts = ["行政复议", "复议决定书"];
  const count = async (part) => (part ? texts.filter((text) => text.includes(part)).length : 0);
  assert.equal(await longestPart("行政复议决定", count, language), "行政复议");
  assert.equal(await longestPart("无此复议决定书", count, language), "复议决定书");
  assert.equal(await longestPart("绝无", count, language), "");
  assert.equal(await longestPart("复议不行政", count, language), "行政", "of two as long, the rarer");
});

test("from an empty answer there are ways on, all with answers", async () => {
  const reports = [textSegment(async () => [[report("a", ["行政复议、应诉", "执法。监督", "执法，罚款"], { year: 2024 })]])];
  const search = createSearch(async () => reports, "");
  const ways = async (query, options = {}) => (await waysOn(query, options, search, language)).map(({ lead, query: q, total }) => [lead, q, total]);
  assert.deepEqual(await ways("行政复议决定"), [["少写几个字", "行政复议", 1]]);
  assert.deepEqual(await ways("执法", { year: "2025", sort: "date" }), [["去掉限定", "执法", 2]]);
  assert.deepEqual(await ways("执法 年份:2025"), [["去掉检索词中的限定", "执法", 2]]);
  assert.deepEqual((await ways('"复议应诉"'))[0], ["不计标点", "复议应诉", 1]);
  assert.deepEqual((await ways("执法，监督"))[0], ["在标点处分开", "执法 监督", 1]);
  assert.deepEqual((await ways("复议 监督")).slice(0, 2), [["只查一词", "复议", 1], ["只查一词", "监督", 1]]);
  assert.deepEqual((await ways("执法 -执法"))[0], ["不排除任何词", "执法", 2]);
  assert.deepEqual(await ways("绝无仅有"), []);
});
