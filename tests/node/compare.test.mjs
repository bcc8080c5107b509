// What stands side by side: the address, the columns' reports, the rows, and what a copy says of its source.

import assert from "node:assert/strict";
import test from "node:test";

import { createReports } from "../../templates/static/browser/compare_reports.js";
import { quotation } from "../../templates/static/browser/compare_view.js";
import {
  isReport, issuerOf, readComparison, rowsOf, topicsWithParts, underHeadings, writeComparison,
} from "../../templates/static/browser/comparing.js";
import { textSegment } from "../../templates/static/browser/texts.js";
import { report } from "./made.mjs";

const HENAN = ["410000", "河南省"];
const XUCHANG = ["411000", "许昌市"];

/** A report with text before its headings, two achievements (one a table of two lines), and a plan. */
function made(address, year, issuer = "许昌市司法局") {
  return report(address, [
    [["市政府：", "p-to", 0]],
    [["一、工作", "s-1", 1, 4]],
    [["（一）普法。", "p-law", 2, 6], ["办班 3 期。", "p-law", 2]],
    [["| 甲 |", "p-table", 1]],
    [["| 乙 |", "p-table", 1]],
    [["明年加强执法。", "p-plan", 3]],
  ], {
    issuer, year, lineage: [HENAN, XUCHANG], date: "2026-01-27", title: "报告",
    sections: [[[], null], [["一、工作"], "achievements"], [["一、工作", "（一）普法"], "achievements"], [["二、安排"], "plans"]],
    topics: { "p-law": "普法", "p-plan": "执法/规范" },
  });
}

const WIRE = [made("henan/xuchang/2024-sifaju", 2024), made("henan/xuchang/2025-sifaju", 2025),
  made("henan/xuchang/2025-weijianwei", 2025, "许昌市卫生健康委员会")];
const reports = createReports(async () => [textSegment(async () => [WIRE])]);
const read = (address) => reports.read(address, true);

test("the address says the choice and nothing else, and is read back", () => {
  const comparison = { columns: ["henan/xuchang/2025-sifaju", "national/x"], by: "topic", kind: "plans", topic: "执法/规范" };
  const written = writeComparison(comparison);
  assert.ok(written.startsWith("?r=henan/xuchang/2025-sifaju&r=national/x&by=topic&kind=plans&topic="));
  assert.deepEqual(readComparison(written), comparison);
  assert.deepEqual(readComparison("?r=/a/index.html&r=a/&r=b&r=c&r=d&r=e&by=x&kind=__proto__"),
    { columns: ["a", "b", "c", "d"], by: "kind", kind: "", topic: "" });
});

test("a report's address leads to its issuer's", () => {
  assert.equal(issuerOf("henan/xuchang/2025-sifaju"), "henan/xuchang/sifaju");
  assert.equal(issuerOf("unplaced/undated-x1"), "unplaced/x1");
  assert.deepEqual(["henan/2025-a", "henan/a"].map(isReport), [true, false]);
});

test("every line of a report is read but its title, a passage of several lines once", async () => {
  const [{ report: found, statements }] = await read("henan/xuchang/2025-sifaju");
  assert.equal(found.year, 2025);
  const texts = Object.fromEntries(statements.map(({ anchor, text }) => [anchor, text]));
  assert.deepEqual(texts, { "p-to": "市政府：", "p-law": "办班 3 期。", "p-table": "| 甲 |\n| 乙 |", "p-plan": "明年加强执法。" });
});

test("an issuer is all its years, the newest first; what does not exist is nothing", async () => {
  assert.deepEqual((await read("henan/xuchang/sifaju")).map((one) => one.report.year), [2025, 2024]);
  assert.deepEqual(await read("henan/xuchang/2023-sifaju"), []);
  assert.deepEqual(await read("henan/xuchang"), []);
  assert.deepEqual(await read("__proto__"), []);
});

test("rows are kinds in their order, or topics; a cell holds what its column says there", async () => {
  const columns = [await read("henan/xuchang/sifaju"), await read("henan/xuchang/2025-weijianwei"), []];
  const shape = (rows) => rows.map(({ value, cells }) => [value, cells.map((cell) =>
    cell.map((one) => [one.read.report.year, one.statements.map(({ anchor }) => anchor).join(" ")]))]);
  const own = (year) => [year, "p-law p-table"];
  assert.deepEqual(shape(rowsOf(columns, { by: "kind", kind: "", topic: "" })), [
    ["achievements", [[own(2025), own(2024)], [own(2025)], []]],
    ["plans", [[[2025, "p-plan"], [2024, "p-plan"]], [[2025, "p-plan"]], []]],
  ]);
  assert.deepEqual(shape(rowsOf(columns.slice(1), { by: "topic", kind: "plans", topic: "" })),
    [["执法", [[[2025, "p-plan"]], []]]]);
  assert.deepEqual(shape(rowsOf(columns.slice(1), { by: "topic", kind: "", topic: "执" })), []);
  assert.deepEqual(topicsWithParts(columns), ["普法", "执法", "执法/规范"]);
});

test("what stands under one heading stays together", async () => {
  const [{ statements }] = await read("henan/xuchang/2025-sifaju");
  assert.deepEqual(underHeadings(statements.slice(1, 3)).map(({ path }) => path.length), [2, 1]);
});

test("reports are found by all words of place, issuer and year, the newest first", async () => {
  const found = async (typed) => {
    const { found: some, total } = await reports.find(typed, 2);
    return [total, ...some.map(({ address }) => address)];
  };
  assert.deepEqual(await found("许昌 司法"), [2, "henan/xuchang/2025-sifaju", "henan/xuchang/2024-sifaju"]);
  assert.deepEqual(await found("河南2024"), [0]);
  assert.deepEqual(await found("2024 河南"), [1, "henan/xuchang/2024-sifaju"]);
  assert.deepEqual(await found("  "), [0]);
});

test("a copied passage says where it comes from", async () => {
  const [{ report: found }] = await read("henan/xuchang/2025-sifaju");
  assert.equal(quotation(found, "办班。", "https://example.org/henan/xuchang/2025-sifaju/index.html#p-law"),
    "办班。\n——许昌市司法局. 报告[R/OL]. 2026-01-27. https://example.org/henan/xuchang/2025-sifaju/index.html#p-law.");
});
