// What is offered while someone types, and what each offer would ask.

import assert from "node:assert/strict";
import test from "node:test";

import { completions, readKnown, simplify } from "../../templates/static/browser/completions.js";

const known = readKnown({
  terms: "行政执法 行政执法监督 普法 重大行政决策",
  headings: "规范行政执法",
  places: "410000 河南省 HeNan 411000 许昌市 XuChang 350000 福建省 FuJian 350100 福州市 FuZhou 350102 鼓楼区 GuLou "
    + "320000 江苏省 JiangSu 320106 鼓楼区 GuLou 130121 井陉县 JingXing-xian",
  kinds: "weijianwei 卫生健康 sifa 司法",
  simple: "設设務务",
});
const offered = (typed) => completions(known, typed).map(({ group, text }) => `${group} ${text}`);
const asked = (typed, text) => {
  const { query, choice } = completions(known, typed).find((offer) => offer.text === text);
  return [query, choice];
};

test("terms that begin so come before terms that hold it, and never the word itself", () => {
  assert.deepEqual(offered("行政"), ["常用语 行政执法", "常用语 行政执法监督", "常用语 重大行政决策", "标题 规范行政执法"]);
  assert.deepEqual(offered("普法"), []);
});

test("only the last word is completed, and what stands before it stays", () => {
  assert.deepEqual(asked("普法 行政", "行政执法"), ["普法 行政执法", null]);
  assert.deepEqual(asked("普法 -行政", "行政执法"), ["普法 -行政执法", null]);
  assert.deepEqual(offered("行政 "), []);
  assert.deepEqual(offered('"行政'), []);
  assert.deepEqual(offered("年份:20"), []);
});

test("places by name, by pinyin, by initials; two letters at least", () => {
  for (const typed of ["许", "许昌", "昌市", "xuchang", "xuch", "xc", "XC", "ｘｃ"]) {
    assert.deepEqual(offered(typed), ["地区 许昌市"], typed);
  }
  assert.deepEqual(offered("x"), []);
  assert.deepEqual(offered("jx"), ["地区 井陉县"], "a slug told apart from another's by what kind of place it is");
});

test("a place alone in the box is written out, beside words it is a filter; one name twice goes by code", () => {
  assert.deepEqual(asked("xc", "许昌市"), ["地区:许昌市", null]);
  assert.deepEqual(asked("普法 xc", "许昌市"), ["普法", ["place", "411000"]]);
  assert.deepEqual(asked("普法 地区:许", "许昌市"), ["普法 地区:许昌市", null]);
  assert.deepEqual(completions(known, "鼓楼").map(({ note, query }) => [note, query]),
    [["福建省福州市", "地区:350102"], ["江苏省", "地区:320106"]]);
});

test("kinds of issuers by name and by pinyin", () => {
  assert.deepEqual(asked("卫生", "卫生健康"), ["机关:卫生健康", null]);
  assert.deepEqual(asked("普法 sifa", "司法"), ["普法", ["issuer_kind", "sifa"]]);
  assert.deepEqual(offered("机关:卫生"), ["机关类别 卫生健康"]);
});

test("the simplified form of all that is typed is offered, and typed text is never changed", () => {
  assert.equal(simplify(known, "法治政府建設"), "法治政府建设");
  assert.deepEqual(asked("普法 服務", "普法 服务"), ["普法 服务", null]);
  assert.deepEqual(offered("建設")[0], "改查简体 建设");
  assert.deepEqual(offered("建设"), []);
});
