/**
 * The page of comparisons: what happens when someone chooses, limits or goes back.
 *
 * The address always says what is shown, and every choice is a step that “back” takes back.
 */

import { band, headRow, spokenName } from "./compare_view.js";
import { MOST_COLUMNS, readComparison, rowsOf, topicsWithParts, writeComparison } from "./comparing.js";
import { button, element } from "./elements.js";
import { KINDS } from "./kinds.js";
import { thousands, yearName } from "./naming.js";
import { topicName } from "./topics.js";

/** @typedef {import("./comparing.js").Comparison} Comparison */

/** So many reports are offered at once. */
const MOST_OFFERED = 12;

/** Typing pauses this long before reports are looked for. */
const REST_MS = 150;

/**
 * @param {Document} document
 * @param {ReturnType<typeof import("./compare_reports.js").createReports>} reports
 * @param {string} root relative address of the site's root
 */
export function startComparePage(document, reports, root) {
  const page = document.querySelector("[data-compare]");
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const [chooser, field, offers, status, choices, result] =
    ["chooser", "field", "offers", "status", "choices", "result"].map(part);
  chooser.hidden = false;

  /** @type {Comparison} */
  let asked = readComparison(location.search);
  let turn = 0; // the latest question: answers to earlier ones are dropped
  let typing = 0;

  /** @param {Comparison} next */
  function goTo(next) {
    asked = next;
    history.pushState(null, "", writeComparison(asked));
    show();
  }

  const actions = {
    add: (address) => goTo({ ...asked, columns: [...new Set([...asked.columns, address])].slice(0, MOST_COLUMNS) }),
    remove(address) {
      goTo({ ...asked, columns: asked.columns.filter((other) => other !== address) });
      field.focus();
    },
    swap: (from, to) => goTo({ ...asked, columns: [...new Set(asked.columns.map((one) => (one === from ? to : one)))] }),
  };

  /** Shows what is asked for. */
  async function show() {
    turn += 1;
    const mine = turn;
    const question = asked;
    const isFull = question.columns.length >= MOST_COLUMNS;
    field.disabled = isFull;
    field.placeholder = isFull ? `已有 ${MOST_COLUMNS} 份；移除一份再加` : "如：许昌 卫生健康 2025";
    if (!question.columns.length) {
      choices.hidden = true;
      result.replaceChildren(element("p", { class: "hint" }, "还没有选报告。在上面写地区、机关、年度，选两到四份。"));
      status.textContent = "";
      return;
    }
    const waiting = setTimeout(() => {
      status.textContent = "正在读入报告";
      result.setAttribute("aria-busy", "true");
    }, 250);
    try {
      const needsTopics = question.by === "topic" || Boolean(question.topic);
      const columns = await Promise.all(question.columns.map((address) => reports.read(address, needsTopics)));
      if (mine === turn) {
        draw(question, columns);
      }
    } catch (error) {
      if (mine === turn) {
        result.replaceChildren(element("div", { class: "empty", role: "alert" },
          element("h2", {}, "报告没有读出来"),
          element("p", {}, `${error.message}。从文件夹打开的，请确认整个文件夹（含 search 目录）都在。`),
          element("p", {}, button("重试", show, { class: "btn" }))));
        status.textContent = "报告没有读出来";
      }
    } finally {
      clearTimeout(waiting);
      if (mine === turn) {
        result.removeAttribute("aria-busy");
      }
    }
  }

  /** @param {Comparison} question @param {import("./comparing.js").ReadReport[][]} columns */
  function draw(question, columns) {
    const held = document.activeElement && document.activeElement.getAttribute("name");
    const names = question.columns.map((address, at) => spokenName(columns[at], address, at));
    const rows = rowsOf(columns, question);
    choices.replaceChildren(...choiceFields(question, columns));
    choices.hidden = false;
    result.replaceChildren(
      headRow(question.columns, columns, root, actions),
      ...(question.columns.length === 1 ? [element("p", { class: "hint" }, "再选一份，就能并排比较。")] : []),
      ...(rows.length ? rows.map((row) => band(row, question.by, names, root))
        : [element("p", { class: "empty" }, "按现在的限定，这些报告都没有说到。")]));
    if (held) {
      const again = choices.querySelector(`[name="${held}"]:checked, select[name="${held}"]`);
      (again || field).focus();
    }
    const found = columns.filter((reads) => reads.length).length;
    status.textContent = `${found} 栏并排，按${question.by === "kind" ? "板块" : "主题"}，${rows.length} 行`;
  }

  /** How it is parted, and to what it is limited. */
  function choiceFields(question, columns) {
    const by = element("fieldset", { class: "scopes" }, element("legend", { class: "hidden" }, "怎样并排"),
      [["kind", "按板块"], ["topic", "按主题"]].map(([value, name]) => {
        const input = element("input", { type: "radio", name: "by", value, checked: question.by === value });
        input.addEventListener("change", () => goTo({ ...asked, by: value }));
        return element("label", {}, input, element("span", {}, name));
      }));
    const select = (name, label, all, options) => {
      const made = element("select", { name }, element("option", { value: "" }, all),
        options.map(([value, text]) => element("option", { value, selected: value === question[name] }, text)));
      made.addEventListener("change", () => goTo({ ...asked, [name]: made.value }));
      return element("label", {}, `${label} `, made);
    };
    const topics = topicsWithParts(columns);
    const known = question.topic && !topics.includes(question.topic) ? [question.topic, ...topics] : topics;
    return [
      by,
      select("kind", "板块", "全部", KINDS.map(({ value, name }) => [value, name])),
      question.by === "topic" || question.topic
        ? select("topic", "主题", "全部", known.map((topic) => [topic, `${topic.includes("/") ? "　" : ""}${topicName(topic)}`]))
        : null,
    ].filter(Boolean);
  }

  /** Offers reports that hold what was typed. */
  async function offer() {
    const typed = field.value;
    if (!typed.trim()) {
      offers.replaceChildren();
      return;
    }
    try {
      const { found, total } = await reports.find(typed, MOST_OFFERED);
      if (typed === field.value) {
        offers.replaceChildren(...found.map(({ address, name, places, year }) => {
          const shown = name.startsWith(places[places.length - 1] || "") ? name : `${name}（${places.join("")}）`;
          const isIn = asked.columns.includes(address);
          return element("li", {}, button(`${shown}　${yearName(year)}`, () => {
            field.value = "";
            offers.replaceChildren();
            actions.add(address);
            field.focus();
          }, { class: "plain-button", ...(isIn ? { disabled: true } : {}) }), isIn ? "　已在其中" : "");
        }));
        status.textContent = total ? `找到 ${thousands(total)} 份，列出 ${found.length} 份` : "没有这样的报告";
        if (!total) {
          offers.replaceChildren(element("li", { class: "hint" }, "没有这样的报告。试试只写地区，或机关的简称。"));
        } else if (total > found.length) {
          offers.append(element("li", { class: "hint" }, `共 ${thousands(total)} 份；再写几个字。`));
        }
      }
    } catch (error) {
      offers.replaceChildren(element("li", { class: "hint" }, `${error.message}。`));
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(offer, REST_MS);
  });
  chooser.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = offers.querySelector("button:not([disabled])");
    if (first) {
      first.focus();
    }
  });
  chooser.addEventListener("keydown", (event) => {
    const buttons = [...offers.querySelectorAll("button:not([disabled])")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < buttons.length) {
      event.preventDefault();
      buttons[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (buttons[at - 1] || field).focus();
    } else if (event.key === "Escape" && !event.isComposing) {
      field.value = "";
      offers.replaceChildren();
      field.focus();
    }
  });
  addEventListener("popstate", () => {
    asked = readComparison(location.search);
    show();
  });
  show();
}
