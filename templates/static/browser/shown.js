/**
 * The punctuation that a report's page is shown with: as published, or as the norm has it. What leaves the
 * page, copied, cited or printed, is always as published.
 */

import { button, element } from "./elements.js";
import { widen } from "./punctuation.js";
import { linesOf } from "./published.js";

/** @type {Element[]} what holds the text of the report */
let texts = [];
let isWide = false;

/** @type {Map<Element, string>} each line as published. A search cuts text nodes and joins them: lines stay. */
const published = new Map();

/** @param {boolean} wide */
function write(wide) {
  for (const [line, nodes] of linesOf(texts)) {
    const now = nodes.map((node) => node.data).join("");
    if (!published.has(line)) {
      published.set(line, now);
    }
    const wanted = wide ? widen(published.get(line)) : published.get(line);
    if (wanted !== now) {
      let at = 0;
      for (const node of nodes) {
        const end = at + node.length;
        node.data = wanted.slice(at, end);
        at = end;
      }
    }
  }
}

/**
 * @template T
 * @param {() => T} work at once, while the page shows the report as published
 * @returns {T}
 */
export function asPublished(work) {
  if (!isWide) {
    return work();
  }
  write(false);
  try {
    return work();
  } finally {
    write(true);
  }
}

/** Copies what was published: it stands on the page until the browser has taken it. @param {ClipboardEvent} event */
function onCopy(event) {
  const selection = getSelection();
  if (!isWide || selection.isCollapsed || event.target.closest("input, textarea")) {
    return;
  }
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const rewrite = (wide) => {
    write(wide);
    selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  };
  rewrite(false);
  setTimeout(() => rewrite(isWide));
}

/**
 * @param {Document} document of a report's page
 * @param {Element} text what is shown otherwise is said before it
 */
export function startPunctuation(document, text) {
  const root = document.documentElement;
  texts = [text, ...document.querySelectorAll(".head [id], .rail")];
  const remark = element("p", { class: "shown", role: "status" },
    "标点按规范显示，与原文不同；复制、引用和打印的仍是原文。", button("按原文显示", () => {
      document.querySelector("[data-setting=punctuation] button[value='']").click();
      document.querySelector(".settings summary").focus({ preventScroll: true });
    }));
  const follow = () => {
    const wide = root.getAttribute("data-punctuation") === "wide";
    if (wide !== isWide) {
      isWide = wide;
      write(wide);
      if (wide) {
        text.before(remark);
      } else {
        remark.remove();
      }
    }
  };
  follow();
  root.setAttribute("data-shown", "");
  new MutationObserver(follow).observe(root, { attributeFilter: ["data-punctuation"] });
  document.addEventListener("copy", onCopy);
  addEventListener("beforeprint", () => isWide && write(false));
  addEventListener("afterprint", () => isWide && write(true));
}
