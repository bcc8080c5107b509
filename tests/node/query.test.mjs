// What a reader types, how it is read, and how it is said back. Cases: golden/query.json.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { readAddress, withChoice, writeAddress } from "../../templates/static/browser/address.js";
import { describe, parseQuery, queryAsTyped } from "../../templates/static/browser/query.js";
import { random } from "./made.mjs";

const golden = JSON.parse(readFileSync(new URL("../golden/query.json", import.meta.url), "utf8"));

for (const { query, phrases, exclusions, narrowings, typed } of golden.cases) {
  test(`reads ${JSON.stringify(query)}`, () => {
    const read = parseQuery(query);
    const words = (list) => list.map(({ text, strict }) => [text, strict]);
    assert.deepEqual(words(read.phrases), phrases);
    assert.deepEqual(words(read.exclusions), exclusions);
    assert.deepEqual(read.narrowings.map(({ key, values }) => [key, values]), narrowings);
    assert.equal(queryAsTyped(read), typed);
  });
}

test("written back, a query is the same query", () => {
  const { text, pick, below } = random(3);
  for (let round = 0; round < 3000; round += 1) {
    const query = Array.from({ length: below(4) }, () => pick(["", "-", '"', "种类:", "地区：", "年份:"]) + text(6) + pick(["", '"', " "])).join(" ");
    const once = parseQuery(query);
    assert.deepEqual(parseQuery(queryAsTyped(once)), once, JSON.stringify(query));
  }
});

test("a query is said in Chinese", () => {
  assert.equal(describe(parseQuery('执法 "不、足" -罚款 种类:问题 地区:许昌 年份:2025 机关:卫生')),
    "含有“执法”和“不、足”，不含“罚款”，板块为存在的不足，地区为许昌，报告年度为 2025，发文机关含“卫生”");
  assert.match(describe(parseQuery("种类:没有")), /种类“没有”不在成效、问题、/);
  assert.match(describe(parseQuery("年份:去年")), /须写作/);
});

test("the address says what is asked, and back", () => {
  const asked = {
    q: "a&b=“双随机、一公开” 1+14", options: { kind: "problems,plans", place: "410000", sort: "date" }, offset: 40, view: "concordance",
  };
  assert.deepEqual(readAddress(writeAddress(asked)), asked);
  assert.equal(writeAddress({ q: "", options: {}, offset: 0, view: "passages" }), "?");
  assert.deepEqual(readAddress("?q=%E6%99%AE%E6%B3%95&kind=problems&kind=plans&year=&offset=-3"),
    { q: "普法", options: { kind: "problems,plans" }, offset: 0, view: "passages" });
  assert.deepEqual(withChoice({ kind: "problems" }, "kind", "plans", true), { kind: "problems,plans" });
  assert.deepEqual(withChoice({ kind: "problems" }, "kind", "problems", false), {});
});
