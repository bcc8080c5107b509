// The search's answers against a naive scan, on texts made to be difficult; and its rules one by one.

import assert from "node:assert/strict";
import test from "node:test";

import { fold } from "../../templates/static/browser/normalise.js";
import { createSearch } from "../../templates/static/browser/search.js";
import { textSegment } from "../../templates/static/browser/texts.js";
import { random, report } from "./made.mjs";

const over = (reports, root = "../") => createSearch(async () => [textSegment(async () => [reports])], root);
const found = ({ hits }) => hits.map((hit) => `${hit.report.id}#${hit.passage}`);

/** Every passage whose line holds the folded query and in which an occurrence begins: by brute force. */
function naive(reports, folded, keepMarks) {
  const answers = new Map();
  for (const wire of reports) {
    for (const [line, places] of wire[9]) {
      const characters = [];
      let at = 0;
      for (const character of line) {
        for (const unit of Array.from(fold(character, { keepMarks }).text)) {
          characters.push([unit, at]);
        }
        at += character.length;
      }
      const wanted = Array.from(folded);
      for (let i = 0; i + wanted.length <= characters.length; i += 1) {
        if (wanted.every((unit, j) => characters[i + j][0] === unit)) {
          const place = places.filter(([start]) => start <= characters[i][1]).pop();
          const name = `${wire[0]}#${place[2]}`;
          answers.set(name, (answers.get(name) || 0) + 1);
        }
      }
    }
  }
  return answers;
}

test("answers are exactly those of a naive scan", async () => {
  const { below, pick, text } = random(7);
  for (let round = 0; round < 60; round += 1) {
    const reports = Array.from({ length: 3 }, (_, i) => report(`r${i}`, Array.from({ length: 6 }, (_, j) => {
      const parts = Array.from({ length: 1 + below(3) }, (_, k) => [text(25, 1), `p-${j}-${k}`]);
      // Units come trimmed; a place never splits a pair, since it is counted from whole characters.
      parts[0][0] = `一${parts[0][0]}`;
      parts[parts.length - 1][0] += "法";
      return parts;
    })));
    const search = over(reports);
    for (let question = 0; question < 12; question += 1) {
      const line = Array.from(pick(pick(reports)[9])[0]);
      const start = below(line.length);
      const cut = below(2) ? line.slice(start, start + 1 + below(5)).join("") : text(4, 1);
      const keepMarks = below(3) === 0;
      const words = cut.replace(/[\s"\u3000-]/g, "");
      const folded = fold(words, { keepMarks }).text;
      if (folded === "") {
        continue;
      }
      const result = await search(keepMarks ? `"${words}"` : words, { limit: 1000 });
      const expected = naive(reports, folded, keepMarks);
      assert.deepEqual(found(result).sort(), [...expected.keys()].sort(), JSON.stringify(words));
      assert.equal(result.total, expected.size);
      assert.equal(result.occurrences, [...expected.values()].reduce((sum, n) => sum + n, 0));
      for (const hit of result.hits) {
        assert.ok(hit.marks.some(([from]) => hit.span[0] <= from && from < hit.span[2]), "a mark begins in the passage");
        for (const [from, to] of hit.marks) {
          const mark = fold(hit.text.slice(from, to), { keepMarks }).text;
          // A character that became several (㎡ → m2) is marked whole, though only part was asked for.
          assert.ok(mark === folded || (mark.includes(folded) && /[㎡㈠İ]/.test(hit.text.slice(from, to))), `${mark} ${folded}`);
        }
      }
    }
  }
});

test("with and without joining marks, full and half width", async () => {
  const search = over([report("a", ["全面推行“双随机、一公开”监管", "双随机，一公开", "ＡＢ岗，９９．８％，1+14"])]);
  for (const query of ["双随机一公开", "双随机、一公开", "“双随机、一公开”", "《双随机》一公开"]) {
    const { total, hits } = await search(query);
    assert.equal(total, 1, query);
    assert.deepEqual(hits[0].marks.map(([from, to]) => hits[0].text.slice(from, to)), ["双随机、一公开"]);
  }
  assert.deepEqual(found(await search('"双随机一公开"')), []);
  assert.deepEqual(found(await search('"双随机、一公开"')), ["a#p-0"]);
  for (const query of ["ab岗", "99.8%", "1+14", "１＋１４"]) {
    assert.deepEqual(found(await search(query)), ["a#p-2"], query);
  }
});

test("a query never runs across the end of a line", async () => {
  const search = over([report("a", ["依法", "行政"])]);
  assert.equal((await search("依法行政")).total, 0);
});

test("white space means both, in one line; a hyphen excludes", async () => {
  const search = over([report("a", ["执法人员不足", "执法人员", "不足", "执法、罚款、不足"])]);
  assert.deepEqual(found(await search("执法 不足")).sort(), ["a#p-0", "a#p-3"]);
  assert.deepEqual(found(await search("执法　不足 -罚款")), ["a#p-0"]);
  assert.deepEqual(found(await search("执法 -不足")), ["a#p-1"]);
});

test("all occurrences are marked, overlapping ones too, and counted", async () => {
  const search = over([report("a", ["一一一，一"])]);
  const { hits, occurrences } = await search("一一");
  assert.deepEqual(hits[0].marks, [[0, 2], [1, 3]]);
  assert.equal(occurrences, 2);
});

test("a hit belongs to the passage in which it begins", async () => {
  const line = [["（一）普法。", "p-a", 0, 6], ["加大力度", "p-b"], ["依法", "p-c"]];
  const search = over([report("a", [line])]);
  assert.deepEqual(found(await search("普法。加大")), ["a#p-a"]);
  assert.deepEqual(found(await search("力度依法")), ["a#p-b"]);
  const [hit] = (await search("力度")).hits;
  assert.equal(hit.text, "（一）普法。加大力度依法", "the whole line");
  assert.deepEqual(hit.span, [6, 6, 10]);
});

test("a table is one answer, however many of its lines match", async () => {
  const row = (text) => [[text, "p-table"]];
  const search = over([report("a", [row("| 处罚 | 3 |"), row("| 许可 | 处罚 |"), row("| 处罚 处罚 |")])]);
  const result = await search("处罚");
  assert.equal(result.total, 1);
  assert.equal(result.occurrences, 4);
  assert.deepEqual(result.searched, { reports: 1, passages: 1 });
});

test("nothing asked, nothing found", async () => {
  const search = over([report("a", ["普法"])]);
  for (const query of ["", "  ", "、", "-普法", "“”"]) {
    assert.equal((await search(query)).total, 0, query);
  }
});

const HENAN = ["410000", "河南省"];
const CORPUS = [
  report("henan/xuchang/2025-weijianwei", [
    [["一、工作", "s-1", 0, 4]], [["（一）普法。", "p-1", 1, 6], ["普法先行", "p-1", 1]], [["执法普法力量不足", "p-2", 2]],
  ].map((line) => line), {
    issuer: "许昌市卫生健康委员会", issuerKind: ["weijianwei", "卫生健康"], year: 2025, date: "2026-01-27",
    lineage: [HENAN, ["411000", "许昌市"]],
    sections: [[["一、工作"], "achievements"], [["一、工作", "（一）普法"], "achievements"], [["二、不足"], "problems"]],
    topics: { "p-1": "普法/宣传" },
  }),
  report("henan/zhengzhou/2024-sifaju", [[["普法不足", "p-1", 0]], [["明年普法", "p-2", 1]]], {
    issuer: "郑州市司法局", issuerKind: ["sifaju", "司法行政"], year: 2024, lineage: [HENAN, ["410100", "郑州市"]],
    sections: [[["二、不足"], "problems"], [["三、打算"], "plans"]],
  }),
  report("national/2025-x", ["普法"], { year: 2025 }),
];

test("options and the query's own operators narrow alike", async () => {
  const search = over(CORPUS);
  const all = (await search("普法")).total;
  assert.equal(all, 5);
  const pairs = [
    ["种类:问题", { kind: "problems" }, 2],
    ["种类：不足，安排", { kind: "problems,plans" }, 3],
    ["地区:许昌", { place: "411000" }, 2],
    ["地区:河南", { place: "410000" }, 4],
    ["年份:2025", { year: "2025" }, 3],
    ["年份:2020-2024", { year: "2020-2024" }, 2],
    ["机关:卫生健康", { issuer_kind: "weijianwei" }, 2],
    ["机关:司法局", { issuer: "郑州市司法局" }, 2],
  ];
  for (const [operator, options, total] of pairs) {
    assert.equal((await search(`普法 ${operator}`)).total, total, operator);
    assert.equal((await search("普法", options)).total, total, JSON.stringify(options));
  }
  assert.equal((await search("普法", { topic: "普法" })).total, 1);
  assert.equal((await search("普法", { topic: "普法/宣传" })).total, 1);
  assert.equal((await search("普法", { topic: "普" })).total, 0);
  assert.equal((await search("普法", { kind: "plans", year: "2025" })).total, 0);
  assert.equal((await search("普法 种类:没有这种")).total, 0);
});

test("an operator alone lists what lies within it", async () => {
  assert.deepEqual(found(await over(CORPUS)("种类:问题")).sort(),
    ["henan/xuchang/2025-weijianwei#p-2", "henan/zhengzhou/2024-sifaju#p-1"]);
});

test("facets count what passes all other facets", async () => {
  const { facets, total, searched } = await over(CORPUS)("普法", { kind: "problems" });
  assert.equal(total, 2);
  assert.deepEqual(searched, { reports: 3, passages: 2 });
  assert.deepEqual(facets.kind.map(({ value, count }) => [value, count]), [["achievements", 1], ["problems", 2], ["plans", 1]]);
  assert.deepEqual(facets.place.map(({ value, label, count, depth }) => [value, label, count, depth]),
    [["410000", "河南省", 2, 0], ["410100", "郑州市", 1, 1], ["411000", "许昌市", 1, 1]]);
  assert.deepEqual(facets.year, [{ value: "2025", label: "2025", count: 1 }, { value: "2024", label: "2024", count: 1 }]);
});

test("a heading that says it beats a text that says it; then more often; then newer", async () => {
  const dated = (id, date, lines) => report(id, lines, { date, year: Number(date.slice(0, 4)) });
  const search = over([
    dated("a", "2024-01-01", ["普法", "普法普法在后", "普法短"]),
    dated("b", "2025-01-01", ["普法", [["（一）普法。", "p-h", 0, 6], ["很长很长的一段文字", "p-h"]]]),
  ]);
  assert.deepEqual(found(await search("普法")), ["b#p-h", "a#p-1", "b#p-0", "a#p-0", "a#p-2"]);
  assert.deepEqual(found(await search("普法", { sort: "date" })), ["b#p-0", "b#p-h", "a#p-0", "a#p-1", "a#p-2"]);
});

test("words side by side beat words apart", async () => {
  const search = over([report("a", ["执法普法，监督，普法", "依法，监督、执法"])]);
  assert.deepEqual(found(await search("监督 执法")), ["a#p-1", "a#p-0"]);
});

test("limit and offset cut one settled list", async () => {
  const search = over(CORPUS);
  const all = found(await search("普法", { limit: "100" }));
  const paged = [];
  for (let offset = 0; offset < all.length; offset += 2) {
    paged.push(...found(await search("普法", { limit: "2", offset: String(offset) })));
  }
  assert.deepEqual(paged, all);
  assert.deepEqual((await search("普法", { limit: "0" })).hits, []);
});

test("a hit says all that the agreement names, and leads to the passage with the words", async () => {
  const { hits: [hit] } = await over(CORPUS, "../../")("普法 种类:成效 -罚款");
  assert.deepEqual(hit.report, {
    id: "henan/xuchang/2025-weijianwei", title: "henan/xuchang/2025-weijianwei", issuer: "许昌市卫生健康委员会",
    url: "../../henan/xuchang/2025-weijianwei/index.html", place: "411000", places: ["河南省", "许昌市"],
    year: 2025, date: "2026-01-27",
  });
  assert.equal(hit.url, `../../henan/xuchang/2025-weijianwei/index.html?q=${encodeURIComponent("普法")}#p-1`);
  assert.equal(hit.heading, "一、工作 › （一）普法");
  assert.equal(hit.kind, "achievements");
});

test("names such as __proto__ are words like any other", async () => {
  const wire = JSON.parse('["__proto__","__proto__/index.html","constructor","__proto__",["__proto__","__proto__"],' +
    '[["__proto__","__proto__"]],2025,null,[[["__proto__"],"other"]],[["__proto__ 普法",[[0,0,"__proto__",0,0]]]],["toString",["#"],"$"]]');
  const search = over([wire]);
  const { total, facets } = await search("__proto__", { place: "__proto__", topic: "toString", issuer: "__proto__" });
  assert.equal(total, 1);
  assert.equal(facets.topic[0].value, "toString");
});
