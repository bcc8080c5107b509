// The concordance: its lines, their order, how hits are gathered; and CSV with citations.

import assert from "node:assert/strict";
import test from "node:test";

import { placesOf } from "../../templates/static/browser/counts.js";
import { citation, concordanceCsv, csvOf, passagesCsv } from "../../templates/static/browser/csv.js";
import { gather, rowsOf, sortedRows } from "../../templates/static/browser/rows.js";

const report = { issuer: "许昌市卫生健康委员会", title: "许昌市卫生健康委员会\n2025 年报告", date: "2026-01-27",
  year: 2025, places: ["河南省", "许昌市"], url: "../henan/xuchang/2025-weijianwei/index.html" };
const hit = (text, marks, span = [0, 0, text.length]) => ({
  text, marks, span, report, url: `${report.url}?q=x#p-1`, kind: "problems", number: 7, heading: "二、不足", occurrences: marks.length,
});
const KINDS = (kind) => ({ problems: "存在的不足" })[kind];

test("every occurrence within the passage is a line; none of a neighbour on the same line of text", () => {
  const rows = rowsOf([hit("普法甲。乙普法", [[0, 2], [5, 7]], [4, 4, 7])]);
  assert.deepEqual(rows.map(({ left, word, right }) => [left, word, right]), [["普法甲。乙", "普法", ""]]);
});

test("sorted by what stands beside the word, outwards, marks passed over; equal ones stay as they came", () => {
  const rows = rowsOf([hit("丙甲普法“乙”", [[2, 4]]), hit("甲乙普法，丙一", [[2, 4]]), hit("丁乙普法丙二", [[2, 4]])]);
  const sides = (sort) => sortedRows(rows, sort).map(({ left, right }) => `${left}|${right}`);
  assert.deepEqual(sides("right"), ["甲乙|，丙一", "丁乙|丙二", "丙甲|“乙”"]);
  assert.deepEqual(sides("left"), ["丁乙|丙二", "甲乙|，丙一", "丙甲|“乙”"]);
  assert.deepEqual(sides("place"), ["丙甲|“乙”", "甲乙|，丙一", "丁乙|丙二"]);
});

test("hits are gathered part by part until there are enough, or nobody asks any more", async () => {
  const all = Array.from({ length: 100 }, (_, i) => i);
  const asked = [];
  const ask = async (limit, offset) => {
    asked.push(offset);
    return { total: all.length, hits: all.slice(offset, offset + limit) };
  };
  const told = [];
  const progress = (done) => told.push(done) > 0;
  assert.deepEqual(await gather(ask, { isEnough: () => false, progress }), all);
  assert.deepEqual(told, [40, 80, 100]);
  assert.equal((await gather(ask, { isEnough: (hits) => hits.length >= 50, progress })).length, 80);
  assert.equal((await gather(ask, { isEnough: () => false, progress: () => false })).length, 40);
  assert.deepEqual(asked, [0, 40, 80, 0, 40, 0]);
});

test("a report is cited as citation.py cites it", () => {
  const address = "https://example.org/henan/xuchang/2025-weijianwei/";
  assert.equal(citation(report, address),
    "许昌市卫生健康委员会. 许昌市卫生健康委员会 2025 年报告[R/OL]. 2026-01-27. https://example.org/henan/xuchang/2025-weijianwei/.");
  assert.equal(citation({ issuer: null, title: "报告", date: null }, "file:///home/me/site/index.html"), "佚名. 报告[R].");
});

test("CSV: quotes doubled, no formula, absolute addresses, the citation without the words searched", () => {
  assert.equal(csvOf([["a\"b", null, 3], ["=1+1", "-2", "甲\n乙"]]), '"a""b","","3"\r\n"\'=1+1","\'-2","甲\n乙"');
  const base = "https://example.org/search/index.html?q=x";
  const [head, line] = passagesCsv([hit("一普法二", [[1, 3]])], base, KINDS).split("\r\n");
  assert.equal(head, '"段落","处","板块","发文机关","地区","报告年度","标题","段","引文","地址"');
  assert.match(line, /^"一普法二","1","存在的不足","许昌市卫生健康委员会","河南省许昌市","2025","二、不足","7",/);
  assert.match(line, /\[R\/OL\]\. 2026-01-27\. https:\/\/example\.org\/henan\/xuchang\/2025-weijianwei\/index\.html\.",/);
  assert.match(line, /"https:\/\/example\.org\/henan\/xuchang\/2025-weijianwei\/index\.html\?q=x#p-1"$/);
  const rows = concordanceCsv(rowsOf([hit("一普法二", [[1, 3]])]), base, KINDS).split("\r\n");
  assert.match(rows[1], /^"一","普法","二","存在的不足",/);
});

test("places are counted where there is a choice", () => {
  const place = (value, depth, count) => ({ value, label: value, count, depth });
  const two = [place("41", 0, 9), place("4101", 1, 4), place("4110", 1, 5), place("42", 0, 10)];
  assert.deepEqual(placesOf(two).map(({ value }) => value), ["42", "41"]);
  assert.deepEqual(placesOf(two.slice(0, 3)).map(({ value }) => value), ["4110", "4101"]);
  assert.deepEqual(placesOf(two.slice(0, 2)).map(({ value }) => value), ["4101"]);
  assert.deepEqual(placesOf([]), []);
});
