/**
 * The search page and every search box: what happens when someone types, ticks or goes back.
 *
 * The address always says what is shown. Typing rewrites it in place after a first step, so
 * that “back” leads to the last question that was meant, not to its letters one by one.
 */

import { readAddress, writeAddress } from "./address.js";
import { button, element } from "./elements.js";
import { facetFields } from "./filters.js";
import { isTyping } from "./keys.js";
import { labelOf, limitsOf, rememberLabel, rememberLabels } from "./labels.js";
import { thousands } from "./naming.js";
import { fold } from "./normalise.js";
import { asksSomething, describe, parseQuery, phraseAsTyped, queryAsTyped } from "./query.js";
import { askLink, chipRow, failedNotice, hitItem, kindBox, listFoot, pointlessNotice, resultBar, spoken }
  from "./view.js";

/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./completions.js").Completion} Completion */

const PAGE = 20;

/** Typing pauses this long before a search begins. */
const PAUSE_MS = 120;

/** What the fold of filters holds: open at once where one of them is chosen. */
const FOLDED_FACETS = ["place", "year", "issuer_kind", "issuer", "topic"];

/** “Loading” is said only when there is something to wait for. */
const PATIENCE_MS = 250;

/** Topics of the answers are counted without being asked for where so many files tell them: some 60 KB. */
const MOST_TOPIC_FILES = 8;

/**
 * `/` leads to the search box of any page; Esc empties it, then leaves it. With the first
 * letter typed comes the list of suggestions, if it can be had: without it all else works.
 *
 * @param {Document} document
 * @param {{root: string, page: {choose: (chosen: Completion) => void} | null, bringLater: () => Promise<object>,
 *   bringSuggestions: () => Promise<object>}} site `page` is null on a page without answers
 */
export function startBox(document, { root, page, bringLater, bringSuggestions }) {
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
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  const leave = ({ query, choice }) => {
    const kind = new FormData(box.form).get("kind");
    const options = { ...(kind ? { kind } : {}), ...(choice ? { [choice[0]]: choice[1] } : {}) };
    location.assign(`${root}search/index.html${writeAddress({ q: query, options, offset: 0, view: "passages" })}`);
  };
  box.addEventListener("input", async () => {
    try {
      const [later, wire] = await Promise.all([bringLater(), bringSuggestions()]);
      later.startSuggestions(box, wire, page ? page.choose : leave);
    } catch {
      // no list: a search works without it
    }
  }, { once: true });
}

/**
 * @param {Document} document
 * @param {(query: string, options: object) => Promise<Result>} search
 * @param {() => Promise<object>} bringLater
 * @param {() => Promise<object>} bringSuggestions
 * @returns {{choose: (chosen: Completion) => void} | null} what a chosen suggestion does; null on other pages
 */
export function startSearchPage(document, search, bringLater, bringSuggestions) {
  const page = document.querySelector("[data-search]");
  const box = document.querySelector("input[type=search]");
  if (!page || !box) {
    return null;
  }
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const [status, notice, progress, results, side, list] =
    ["status", "notice", "progress", "results", "side", "list"].map(part);
  const help = document.querySelector(".help");
  /** @type {Asked} */
  let asked = readAddress(location.search);
  let turn = 0; // the latest question: answers to earlier ones are dropped
  let isDraft = false; // the address's present entry is being typed
  let pause = 0;
  let wasEmpty = null; // help opens where nothing is asked, and closes with the first question
  const opened = new Set(); // what the reader opened in the filters
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

  /** @param {HTMLElement | null} shown */
  function showOnly(shown) {
    for (const each of [notice, results]) {
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
    document.title = `检索${question.q.trim() && "："}${question.q.trim()}${titleTail}`;
    const isEmpty = !question.q.trim();
    if (isEmpty !== wasEmpty) {
      help.open = isEmpty;
      wasEmpty = isEmpty;
    }
    if (isEmpty) {
      status.textContent = "";
      showOnly(null);
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
      const isCurrent = () => mine === turn;
      const isPlain = question.view === "passages";
      const order = { ...question.options, sort: isPlain ? question.options.sort : "place" };
      const ask = (limit, offset) => search(question.q, { ...order, limit: String(limit), offset: String(offset) });
      const [result, later] = await Promise.all([
        ask(isPlain ? question.offset + PAGE : 0, 0), isPlain ? null : bringLater(),
      ]);
      if (isCurrent()) {
        rememberLabels(result.facets);
        const body = result.total ? await answers(question, result, later, ask, isCurrent) : [];
        if (isCurrent()) {
          await show(question, result, body, isCurrent);
        }
      }
    } catch (error) {
      if (mine === turn) {
        tell(failedNotice(error.message, actions), "检索数据没有读出来");
      }
    } finally {
      clearTimeout(waiting);
      if (mine === turn) {
        page.removeAttribute("aria-busy");
        progress.hidden = true;
      }
    }
  }

  /** @param {Asked} question @param {Result} result */
  function drawSide(question, result) {
    keepFocus(() => {
      const fold = side.querySelector(".facets");
      const isNarrowed = FOLDED_FACETS.some((facet) => question.options[facet]);
      const isOpen = fold ? fold.open : wide.matches || isNarrowed;
      side.replaceChildren(...facetFields(question, result, actions, isOpen, opened));
    });
  }

  /** @param {Asked} question @param {Result} result @param {HTMLElement[]} body @param {() => boolean} isCurrent */
  async function show(question, result, body, isCurrent) {
    status.textContent = spoken(question, result);
    const draw = (below) => {
      drawSide(question, result);
      keepFocus(() => {
        const chips = chipRow(question, actions);
        list.replaceChildren(...(chips ? [chips] : []), ...below());
      });
    };
    if (result.total) {
      draw(() => [resultBar(question, result, actions), ...body]);
      showOnly(results);
      bringTopics(question, result, isCurrent);
      return;
    }
    const later = await bringLater();
    const language = { describe, fold, parseQuery, phraseAsTyped, queryAsTyped };
    const ways = await later.waysFrom(question, { search, language, bringSuggestions, rememberLabel });
    if (isCurrent()) {
      const link = (next, label) => askLink(next, label, actions);
      draw(() => [later.emptyNotice(question, result, ways, limitsOf(question), link, language)]);
      showOnly(results);
    }
  }

  /** In a large corpus topics are brought where the filters are seen, when the answers stand; much of it only when asked for. */
  function bringTopics(question, result, isCurrent) {
    const fold = side.querySelector(".facets");
    if (!result.topics || !fold) {
      return;
    }
    const { files } = result.topics;
    const bring = async () => {
      try {
        const topic = await result.topics.bring();
        if (isCurrent()) {
          Object.assign(result, { facets: { ...result.facets, topic }, topics: null });
          drawSide(question, result);
        }
      } catch {
        // one facet fewer
      }
    };
    if (files > MOST_TOPIC_FILES) {
      const label = `统计各主题段数（再读 ${thousands(files)} 个文件）`;
      // Named so that the first topic succeeds to its focus.
      const count = button(label, async () => {
        count.textContent = "正在统计……";
        await bring();
        count.textContent = label; // it could not be read: it may be pressed again
      }, { name: "topic" });
      fold.append(element("fieldset", { class: "facet" }, question.options.topic ? null : element("legend", {}, "主题"), count));
    } else if (fold.open) {
      bring();
    } else {
      fold.addEventListener("toggle", bring, { once: true });
    }
  }

  /**
   * What stands below the line of counts, in the view that is asked for.
   *
   * @param {Asked} question
   * @param {Result} result
   * @param {object | null} later null in the view of passages, which must not wait for it
   * @param {(limit: number, offset: number) => Promise<Result>} ask
   * @param {() => boolean} isCurrent
   * @returns {Promise<HTMLElement[]> | HTMLElement[]}
   */
  function answers(question, result, later, ask, isCurrent) {
    if (later) {
      return later[question.view](question, result, {
        ask,
        progress(done, total) {
          if (isCurrent() && done < total) {
            progress.textContent = `已读 ${thousands(done)} / ${thousands(total)} 段……`;
            progress.hidden = false;
          }
          return isCurrent();
        },
        more: (offset) => goTo({ ...asked, offset }, "replaceState"),
        link: (next, label, attributes) => askLink(next, label, actions, attributes),
        kindBox,
        labelOf,
      });
    }
    // Replaced by the real one with the first press: only few copy.
    const copy = button("复制为 CSV", async () => {
      const { copyPassages } = await bringLater();
      const real = copyPassages(result.total, ask, labelOf);
      copy.replaceWith(real);
      real.click();
    }, { class: "btn" });
    return [element("ol", {}, result.hits.map(hitItem)), ...listFoot(result.hits.length, result, actions, copy)];
  }

  /** Redrawing must not take the focus from what was just used: the same control keeps it, or its successor. */
  function keepFocus(redraw) {
    const held = page.contains(document.activeElement) ? document.activeElement : null;
    const links = list.querySelectorAll(".hit h2 a").length;
    redraw();
    if (held && !page.contains(held)) {
      const same = (selector, property) =>
        [...page.querySelectorAll(selector)].find((other) => other[property] === held[property]);
      const again = held.classList.contains("chip") ? list.querySelector(".chip")
        : held.id ? document.getElementById(held.id)
          : held.name ? same(`[name="${held.name}"]`, held.tagName === "INPUT" ? "value" : "name")
            : held.textContent === "更多" ? list.querySelectorAll(".hit h2 a")[links]
              : same(held.tagName, "textContent");
      (again || list.querySelector(".bar strong") || box).focus();
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

  /** @param {Completion} chosen */
  function choose({ text, query, choice }) {
    clearTimeout(pause);
    const options = { ...asked.options };
    if (choice) {
      rememberLabel(...choice, text);
      options[choice[0]] = choice[1];
    }
    actions.ask({ ...asked, q: query, options, offset: 0 });
  }

  const titleTail = document.title.replace(/^检索/, "");
  box.value = asked.q;
  run();
  return { choose };
}
