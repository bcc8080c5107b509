/**
 * The search page and every search box: what happens when someone types, ticks or goes back.
 *
 * The address always says what is shown. Typing rewrites it in place after a first step, so
 * that “back” leads to the last question that was meant, not to its letters one by one.
 */

import { readAddress, writeAddress } from "./address.js";
import { copyText } from "./clipboard.js";
import { button, element } from "./elements.js";
import { isTyping } from "./keys.js";
import { asksSomething, parseQuery } from "./query.js";
import { waysOn } from "./suggest.js";
import {
  CONCORDANCE_ROWS, concordanceCsv, concordanceRows, concordanceTable, countLine, emptyNotice, facetFields,
  failedNotice, hitItem, listFoot, pointlessNotice, resultBar,
} from "./view.js";

/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./search.js").Result} Result */

const PAGE = 20;

/** Typing pauses this long before a search begins. */
const PAUSE_MS = 120;

/** What the fold of filters holds: open at once where one of them is chosen. */
const FOLDED_FACETS = ["place", "year", "issuer_kind", "issuer", "topic"];

/** “Loading” is said only when there is something to wait for. */
const PATIENCE_MS = 250;

/**
 * `/` leads to the search box of any page; Esc empties it, then leaves it.
 *
 * @param {Document} document
 */
export function startBox(document) {
  const box = document.querySelector("input[type=search]");
  if (!box) {
    return;
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) {
      // Engines disagree on whether Esc empties a search field: here it always does, and says so.
      event.preventDefault();
      if (box.value) {
        box.value = "";
        box.dispatchEvent(new Event("input", { bubbles: true }));
      } else {
        box.blur();
      }
    }
  });
}

/**
 * @param {Document} document
 * @param {(query: string, options: object) => Promise<Result>} search
 */
export function startSearchPage(document, search) {
  const page = document.querySelector("[data-search]");
  const box = document.querySelector("input[type=search]");
  if (!page || !box) {
    return;
  }
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const [help, status, notice, results, side, list] =
    ["help", "status", "notice", "results", "side", "list"].map(part);
  /** @type {Asked} */
  let asked = readAddress(location.search);
  let turn = 0; // the latest question: answers to earlier ones are dropped
  let isDraft = false; // the address's present entry is being typed
  let pause = 0;
  const wide = matchMedia("(min-width: 60rem)"); // as in the stylesheet: filters beside the hits
  wide.addEventListener("change", () => {
    const fold = side.querySelector(".facets");
    if (fold && wide.matches) {
      fold.open = true;
    }
  });

  const actions = {
    ask(next) {
      isDraft = false;
      box.value = next.q;
      goTo(next, "pushState");
    },
    more() {
      goTo({ ...asked, offset: asked.offset + PAGE }, "replaceState");
    },
    retry() {
      run();
    },
  };

  /** @param {Asked} next @param {"pushState" | "replaceState"} how */
  function goTo(next, how) {
    asked = next;
    history[how](null, "", writeAddress(asked) + location.hash);
    run();
  }

  /** @param {HTMLElement} shown */
  function showOnly(shown) {
    for (const each of [help, notice, results]) {
      each.hidden = each !== shown;
    }
  }

  /** @param {HTMLElement} content @param {string} said for screen readers */
  function tell(content, said) {
    notice.replaceChildren(content);
    showOnly(notice);
    status.textContent = said;
  }

  async function run() {
    turn += 1;
    const mine = turn;
    const question = asked;
    document.title = `${question.q.trim() ? `检索：${question.q.trim()}` : "检索"}${titleTail}`;
    if (!question.q.trim()) {
      status.textContent = "";
      showOnly(help);
      return;
    }
    if (!asksSomething(parseQuery(question.q))) {
      const pointless = pointlessNotice(question);
      tell(pointless, pointless.textContent);
      return;
    }
    const waiting = setTimeout(() => {
      page.setAttribute("aria-busy", "true");
      if (results.hidden) {
        tell(element("p", { class: "hint" }, "正在读入检索数据……"), "正在读入检索数据");
      }
    }, PATIENCE_MS);
    try {
      const concordance = question.view === "concordance";
      const sort = concordance ? "place" : question.options.sort;
      const limit = concordance ? CONCORDANCE_ROWS : question.offset + PAGE;
      const result = await search(question.q, { ...question.options, sort, limit: String(limit) });
      if (mine !== turn) {
        return;
      }
      await show(question, result, () => mine === turn);
    } catch (error) {
      if (mine === turn) {
        tell(failedNotice(error.message, actions), "检索数据没有读出来");
      }
    } finally {
      clearTimeout(waiting);
      if (mine === turn) {
        page.removeAttribute("aria-busy");
      }
    }
  }

  /** @param {Asked} question @param {Result} result @param {() => boolean} isCurrent */
  async function show(question, result, isCurrent) {
    status.textContent = result.total ? countLine(question, result) : `没有找到“${question.q.trim()}”`;
    keepFocus(() => {
      const fold = side.querySelector(".facets");
      const isNarrowed = FOLDED_FACETS.some((facet) => question.options[facet]);
      side.replaceChildren(...facetFields(question, result, actions, fold ? fold.open : wide.matches || isNarrowed));
      list.replaceChildren(...(result.total ? answers(question, result) : [emptyNotice(question, result, null, actions)]));
    });
    showOnly(results);
    if (!result.total) {
      const ways = await waysOn(question.q, question.options, search);
      if (isCurrent()) {
        list.replaceChildren(emptyNotice(question, result, ways, actions));
      }
    }
  }

  /** @param {Asked} question @param {Result} result @returns {HTMLElement[]} */
  function answers(question, result) {
    const bar = resultBar(question, result, actions);
    if (question.view !== "concordance") {
      return [bar, element("ol", {}, result.hits.map(hitItem)), ...listFoot(result.hits.length, result, actions)];
    }
    const rows = concordanceRows(result.hits, question.options.sort || "right");
    const shown = rows.slice(0, CONCORDANCE_ROWS);
    const copy = button("复制为 CSV", async () => {
      copy.textContent = (await copyText(concordanceCsv(shown, location.href))) ? "已复制" : "复制失败";
    }, { class: "btn" });
    const line = shown.length < result.occurrences
      ? `列出前 ${shown.length} 处，共 ${result.occurrences} 处。` : `共 ${shown.length} 处。`;
    return [bar, concordanceTable(shown), element("p", { class: "hint" }, line), element("p", {}, copy)];
  }

  /** Redrawing must not take the focus from the box just ticked or the button just pressed. */
  function keepFocus(redraw) {
    const held = page.contains(document.activeElement) ? document.activeElement : null;
    const [name, value] = held ? [held.getAttribute("name"), held.getAttribute("value")] : [null, null];
    const links = [...list.querySelectorAll(".hit h2 a")].length;
    const wasMore = held !== null && held.textContent === "更多";
    redraw();
    if (wasMore) {
      const next = list.querySelectorAll(".hit h2 a")[links];
      if (next) {
        next.focus();
      }
    } else if (name) {
      const again = [...page.querySelectorAll(`[name="${name}"]`)].find((e) => value === null || e.getAttribute("value") === value);
      if (again) {
        again.focus();
      }
    }
  }

  function typed() {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (box.value !== asked.q) {
        const how = isDraft ? "replaceState" : "pushState";
        isDraft = true;
        goTo({ ...asked, q: box.value, offset: 0 }, how);
      }
    }, PAUSE_MS);
  }

  // An input method shows letters before characters are chosen: they are not the question yet.
  box.addEventListener("input", (event) => {
    if (!event.isComposing) {
      typed();
    }
  });
  box.addEventListener("compositionstart", () => clearTimeout(pause));
  box.addEventListener("compositionend", typed);
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    if (isDraft || box.value === asked.q) {
      isDraft = false;
      goTo({ ...asked, q: box.value, offset: 0 }, "replaceState");
    } else {
      actions.ask({ ...asked, q: box.value, offset: 0 });
    }
  });
  side.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => {
    isDraft = false;
    asked = readAddress(location.search);
    box.value = asked.q;
    run();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.isComposing
      && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      walk(event, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  /** Arrows lead from the box to the first answer and from one to the next; Enter opens it. */
  function walk(event, step) {
    const links = [...list.querySelectorAll(".hit h2 a")];
    const at = links.indexOf(document.activeElement);
    if (!links.length || (at === -1 && (document.activeElement !== box || step < 0))) {
      return;
    }
    event.preventDefault();
    const next = at === -1 ? links[0] : links[at + step];
    if (next) {
      next.focus();
    } else if (step < 0) {
      box.focus();
    }
  }

  const titleTail = document.title.replace(/^检索/, "");
  box.value = asked.q;
  run();
}
