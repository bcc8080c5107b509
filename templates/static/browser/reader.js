/**
 * What a report's page gains where scripts run: points run in as published, marks switched off, punctuation as
 * the norm has it, the current item of the contents, copying, and the words of a search marked in the text. The page reads without it.
 * A script of its own, deferred: the document is there.
 */

import { startCiting } from "./citing.js";
import { button, element } from "./elements.js";
import { keep, kept } from "./kept.js";
import { isTyping } from "./keys.js";
import { parseQuery, wordsAsTyped } from "./query.js";
import { linesOf } from "./published.js";
import { startPunctuation } from "./shown.js";
import { mergeMarks } from "./snippet.js";
import { marksIn } from "./lines.js";

/** @param {Document} document */
function startReader(document) {
  startCiting(document);
  const text = document.querySelector(".text");
  if (!text) {
    return;
  }
  startRunSwitch(document, text);
  startMarkSwitch(document, text);
  followContents(document);
  const stepTo = markWords(text, document.querySelectorAll(".text, .head [id]"));
  startPunctuation(document, text); // behind the marks: they are found in what was published
  const arrive = () => {
    sayWhenLost(document, text);
    stepTo();
  };
  addEventListener("hashchange", arrive);
  arrive();
}

/** “按原文连排”: points in one run, as published, or each on a line of its own. */
function startRunSwitch(document, text) {
  const press = document.querySelector("[data-run]");
  if (press) {
    press.hidden = false;
    press.addEventListener("click", () => {
      const isRun = text.getAttribute("data-points") !== "run";
      text.setAttribute("data-points", isRun ? "run" : "apart");
      press.setAttribute("aria-pressed", String(isRun));
    });
  }
}

/** “标出数据和文件”: the lines under figures and titles of instruments; the choice is kept. */
function startMarkSwitch(document, text) {
  const press = document.querySelector("[data-marks]");
  if (!press) {
    return;
  }
  const wear = (choice) => {
    text.setAttribute("data-marks", choice);
    press.setAttribute("aria-pressed", String(choice !== "off"));
  };
  press.hidden = false;
  wear(kept("marks"));
  press.addEventListener("click", () => {
    const choice = text.getAttribute("data-marks") === "off" ? "" : "off";
    keep("marks", choice);
    wear(choice);
  });
}

/** @param {Document} document @param {string} hash @returns {HTMLElement | null} what an address points to */
function targetOf(document, hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // not a well-formed address
  }
}

/** Underlines in the contents where the reader is. */
function followContents(document) {
  if (!("IntersectionObserver" in window)) {
    return;
  }
  /** @type {Map<Element, Element>} */
  const links = new Map();
  for (const link of document.querySelectorAll(".rail a[href^='#']")) {
    const target = targetOf(document, link.getAttribute("href"));
    // A section holds its passages: it is seen by its heading, else it would always be in sight.
    const seen = target && (target.matches(".section") ? target.querySelector("h2") : target);
    if (seen) {
      links.set(seen, link);
    }
  }
  /** @type {Set<Element>} what lies in the band where one reads */
  const inSight = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      inSight[isIntersecting ? "add" : "delete"](target);
    }
    const first = [...links.keys()].find((seen) => inSight.has(seen));
    if (first) {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(first).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-5% 0px -75% 0px" });
  links.forEach((_, seen) => observer.observe(seen));
}

/** An address that points nowhere is said, not passed over. */
function sayWhenLost(document, text) {
  const old = document.querySelector("[data-lost]");
  if (old) {
    old.remove();
  }
  if (location.hash.length > 1 && !targetOf(document, location.hash)) {
    text.before(element("p", { class: "lost", role: "status", "data-lost": true },
      "地址所指的段落不在本报告中：原文或已更正，地址或有缺漏。本报告全文如下，也可从目录查找。"));
  }
}

/**
 * Puts `<mark>` around [start, end) of joined text nodes, in as many pieces as there are nodes.
 *
 * @param {Text[]} nodes
 * @param {[number, number][]} marks sorted, not overlapping
 * @returns {HTMLElement[][]} the pieces of each mark
 */
function wrap(nodes, marks) {
  const pieces = marks.map(() => []);
  let base = 0;
  for (const node of nodes) {
    const { length } = node.data;
    let rest = node;
    let cut = base; // where `rest` begins in the joined text
    marks.forEach(([start, end], i) => {
      const from = Math.max(start, base);
      const to = Math.min(end, base + length);
      if (from < to) {
        const middle = rest.splitText(from - cut);
        rest = middle.splitText(to - from);
        cut = to;
        const mark = element("mark", {});
        middle.replaceWith(mark);
        mark.append(middle);
        pieces[i].push(mark);
      }
    });
    base += length;
  }
  return pieces;
}

/**
 * Marks the words of `?q=` in the text, with a bar that steps from one to the next.
 *
 * @param {Element} text the bar stands before it
 * @param {Iterable<Element>} texts where words are marked
 * @returns {() => void} makes the first mark in the passage the address points to the current one
 */
function markWords(text, texts) {
  const query = parseQuery(new URLSearchParams(location.search).get("q") || "");
  if (!query.phrases.length) {
    return () => {};
  }
  const marks = [...linesOf(texts).values()].flatMap((nodes) => {
    const joined = nodes.map((node) => node.data).join("");
    // A table shown as it was written holds several lines; no query runs across their ends.
    const found = marksIn(joined, query.phrases).filter(([start, end]) => !joined.slice(start, end).includes("\n"));
    return wrap(nodes, mergeMarks(found));
  });
  marks.sort(([a], [b]) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const count = element("span", { class: "num", role: "status" });
  let current = -1;

  function step(to, scroll = true) {
    if (current >= 0) {
      marks[current].forEach((piece) => piece.classList.remove("is-current"));
    }
    current = (to + marks.length) % marks.length;
    marks[current].forEach((piece) => piece.classList.add("is-current"));
    count.textContent = `${current + 1} / ${marks.length}`;
    if (scroll) {
      marks[current][0].scrollIntoView({ block: "center" });
    }
  }

  function clear() {
    for (const piece of marks.flat()) {
      const { parentNode } = piece;
      piece.replaceWith(...piece.childNodes);
      parentNode.normalize();
    }
    bar.remove();
    document.removeEventListener("keydown", keys);
    history.replaceState(null, "", location.pathname + location.hash);
  }

  function keys(event) {
    if (isTyping(event)) {
      return;
    }
    if (event.key === "n" || event.key === "N") {
      event.preventDefault();
      step(event.key === "n" ? current + 1 : current - 1);
    } else if (event.key === "Escape") {
      clear();
    }
  }

  const words = element("span", { class: "words" }, `“${wordsAsTyped(query)}”`);
  const bar = element("div", { class: "found", role: "group", "aria-label": "检索词在本报告中" }, words,
    marks.length ? count : element("span", {}, "不在本报告正文中"),
    marks.length ? button("上一处", () => step(current - 1), { title: "按键 Shift+N" }) : null,
    marks.length ? button("下一处", () => step(current + 1), { title: "按键 N" }) : null,
    button("不再标出", clear, { title: "按键 Esc" }));
  text.before(bar);
  if (!marks.length) {
    return () => {};
  }
  document.addEventListener("keydown", keys);
  count.textContent = `${marks.length} 处`;
  return () => {
    const target = targetOf(document, location.hash);
    const first = target ? marks.findIndex(([piece]) => target.contains(piece)) : -1;
    if (first !== -1) {
      // The browser has gone to the passage; go on to the word only where the passage is long.
      const { top, bottom } = marks[first][0].getBoundingClientRect();
      step(first, top < 0 || bottom > innerHeight);
    }
  };
}

startReader(document);
