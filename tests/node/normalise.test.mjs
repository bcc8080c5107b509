// The twin of tests/test_normalise.py: both read golden/normalise.json.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";

import { fold, foldCharacter, isBlank } from "../../templates/static/browser/normalise.js";
import { random } from "./made.mjs";

const golden = JSON.parse(readFileSync(new URL("../golden/normalise.json", import.meta.url), "utf8"));

for (const { name, text, loose, strict } of golden.cases) {
  test(`folds as Python does: ${name}`, () => {
    assert.equal(fold(text).text, loose);
    assert.equal(fold(text, { keepMarks: true }).text, strict);
  });
}

for (const [name, keepMarks] of [["loose", false], ["strict", true]]) {
  test(`every folding is pinned: ${name}`, () => {
    const table = createHash("sha256");
    for (const [start, end] of golden.folded) {
      for (let point = start; point < end; point += 1) {
        table.update(`${point.toString(16)}=${foldCharacter(String.fromCodePoint(point), keepMarks)};`, "utf8");
      }
    }
    assert.equal(table.digest("hex"), golden.digests[name]);
  });
}

test("blanks and joining marks are those of Python", () => {
  const points = Array.from({ length: 0x10000 }, (_, point) => point).filter((p) => p < 0xd800 || p > 0xdfff);
  assert.deepEqual(points.filter((point) => isBlank(String.fromCharCode(point))), golden.blank);
  // Some signs outside the list are dropped because they become joining marks (︵ → "("): those
  // on the list must be all that are so already.
  for (const point of golden.joining) {
    assert.equal(foldCharacter(String.fromCodePoint(point), false), "");
    assert.notEqual(foldCharacter(String.fromCodePoint(point), true), "");
  }
});

test("every folded unit leads back to the character it came from", () => {
  const { text } = random(1);
  for (let round = 0; round < 2000; round += 1) {
    const published = text(30);
    for (const keepMarks of [false, true]) {
      const folded = fold(published, { keepMarks });
      assert.equal(folded.text.length, folded.from.length);
      assert.equal(folded.text.length, folded.to.length);
      for (let at = 0; at < folded.text.length; at += 1) {
        const [from, to] = [folded.from[at], folded.to[at]];
        const character = published.slice(from, to);
        assert.equal(Array.from(character).length, 1, "one whole character, never half a pair");
        assert.ok(foldCharacter(character, keepMarks).includes(folded.text[at]));
        assert.ok(at === 0 || folded.from[at - 1] <= from);
      }
    }
  }
});

test("half a surrogate pair stands for itself", () => {
  assert.equal(fold("一\ud840二").text, "一\ud840二");
  assert.equal(fold("\udc00").text, "\udc00");
});

test("a text whose characters all become several has room", () => {
  const { text, to } = fold("㏂㎡".repeat(500));
  assert.equal(text, "a.m.m2".repeat(500));
  assert.equal(to[to.length - 1], 1000);
});
