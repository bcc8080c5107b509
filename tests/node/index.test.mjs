// The browser's half of tests/test_twins_of_index.py: reads what Python has written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { BitReader } from "../../templates/static/browser/bits.js";
import { numbersOf, summed, unsigned } from "../../templates/static/browser/numbers.js";
import { cellOf, idfOf, levelOf, scoreOf, valueOf, weightOf } from "../../templates/static/browser/scoring.js";
import { createSearch } from "../../templates/static/browser/search.js";
import { createIndex } from "../../templates/static/browser/shards.js";

const golden = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8"));
const near = (one, other) => assert.ok(Math.abs(one - other) <= 1e-11 * Math.abs(other), `${one} ${other}`);

test("numbers are read as Python wrote them", () => {
  const { cases, signed } = golden("numbers.json");
  for (const { numbers, text } of cases) {
    assert.deepEqual(numbersOf(text), numbers);
  }
  for (const [number, written] of signed) {
    // Not deepEqual: 0 may come back as -0.
    assert.ok(unsigned(written) === number, `${written}`);
  }
  assert.deepEqual(summed([3, 0, 7]), [3, 3, 10]);
});

test("bits are read as Python wrote them, one after another", () => {
  for (const { codes, bits, file } of golden("bits.json").cases) {
    const reader = new BitReader(file);
    for (const [kind, number, parameter] of codes) {
      assert.equal(kind === "rice" ? reader.rice(parameter) : reader.gamma(), number, `${kind} ${number} ${parameter}`);
    }
    assert.equal(reader.place, bits.length);
  }
});

test("levels, cells, rarities and scores are Python's", () => {
  const { levels, weights, cells, rarities, scores } = golden("scoring.json");
  for (const [field, words, level] of levels) {
    assert.equal(levelOf(field, words), level);
  }
  assert.deepEqual(weights.map((_, level) => weightOf(level)), weights);
  for (const [weight, cell] of cells) {
    assert.equal(cellOf(weight), cell, String(weight));
  }
  for (const [df, places, idf] of rarities) {
    near(idfOf(df, places), idf);
  }
  for (const [idf, of, score] of scores) {
    near(scoreOf(idf, of.reduce((sum, cell) => sum + valueOf(cell), 0)), score);
  }
});

test("the tiny index answers", async () => {
  const asked = [];
  const bring = async (name) => {
    asked.push(name.replace(/^\w{16}/, "segment"));
    let data = null;
    const govreport = { receive: (_, given) => { data = given; } };
    vm.runInNewContext(readFileSync(new URL(`../golden/index/${name}.js`, import.meta.url), "utf8"), { window: { govreport } });
    return data;
  };
  const search = createSearch(createIndex(bring), "");
  const found = async (query) => (await search(query)).hits.map(({ report, passage }) => `${report.id}#${passage}`);
  const sifaju = "henan/xuchang/2025-sifaju";
  // The title says it, then 2025 before no year at all; the table says 法治 alone.
  assert.deepEqual(await found("法治政府"), [`${sifaju}#p-title`, `${sifaju}#p-1`, "2024-x#p-1"]);
  assert.deepEqual(asked, ["root", "segment/table", "segment/g0", "segment/t0"]);
  const one = await createSearch(createIndex(bring), "")("法", { topic: "执法" });
  assert.deepEqual(one.facets.topic.map(({ label, count }) => [label, count]), [["执法", 1]]);
  assert.deepEqual([one.total, asked.includes("segment/topics"), asked.includes("segment/k0"), asked.includes("segment/c0")],
    [1, true, true, false], "who chooses a topic loads that topic's places");
  const { facets, topics } = await search("政");
  assert.deepEqual([facets.topic, asked.includes("segment/c0")], [[], false], "who asks for no topic waits for none");
  assert.equal(topics.files, 1);
  assert.deepEqual((await topics.bring()).map(({ value, count, depth }) => [value, count, depth]), [["普法", 1, 0]]);
  const { hits, ...inTopic } = await search("法", { topic: "执法" });
  assert.deepEqual(hits.map(({ passage }) => passage), ["p-2"], "its parts are meant too");
  assert.deepEqual(inTopic.facets.topic.map(({ label, count }) => [label, count]), [["普法", 3], ["执法", 1], ["规范", 1]]);
  assert.deepEqual(await found("执法"), [`${sifaju}#p-2`, `${sifaju}#p-3`]);
  assert.deepEqual(await found('"“法治”先行"'), [`${sifaju}#p-1`]);
  assert.deepEqual(await found("政府𠀀m2"), ["2024-x#p-1"]);
  assert.deepEqual(await found("龘"), []);
  const [segment] = await createIndex(bring)();
  assert.deepEqual(await segment.addresses(), [sifaju, "2024-x"]);
});
