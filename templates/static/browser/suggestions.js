/**
 * The list under a search box: a combobox after the ARIA pattern. The box keeps the focus; the
 * arrows choose, Enter takes, Esc shuts, Tab goes on; letters of an input method are left alone.
 */

import { completions, readKnown } from "./completions.js";
import { element } from "./elements.js";

/** @typedef {import("./completions.js").Completion} Completion */

/**
 * @param {HTMLInputElement} box in a form; has the role of a combobox already
 * @param {Record<string, string>} wire what search/suggestions.js gave
 * @param {(chosen: Completion) => void} choose
 */
export function startSuggestions(box, wire, choose) {
  const known = readKnown(wire);
  const list = element("ul", { class: "offers", id: "offers", role: "listbox", "aria-label": "检索提示", hidden: true });
  const told = element("p", { class: "hidden", role: "status" });
  box.closest(".field").after(list, told);
  box.setAttribute("aria-controls", list.id);
  /** @type {Completion[]} */
  let offers = [];
  let active = -1;

  /** @param {number} at -1: none, the box itself */
  function mark(at) {
    active = at;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {Completion[]} next */
  function show(next) {
    offers = next;
    list.replaceChildren(...offers.map(({ group, text, note }, i) => element("li", { role: "option", id: `offer-${i}` },
      element("span", { class: "offer" }, group === "改查简体" ? "改查简体：" : "", text),
      note ? element("span", { class: "of" }, note) : null,
      element("span", { class: "group" }, group === "改查简体" ? "繁体" : group))));
    list.hidden = !offers.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = offers.length ? `${offers.length} 条提示，按上下键选取` : "";
    mark(-1);
  }

  function close() {
    show([]);
  }

  function update() {
    show(document.activeElement === box ? completions(known, box.value) : []);
  }

  /** @param {number} at */
  function take(at) {
    const chosen = offers[at];
    close();
    choose(chosen);
  }

  box.addEventListener("input", (event) => {
    if (!event.isComposing) {
      update();
    }
  });
  box.addEventListener("compositionstart", close);
  box.addEventListener("compositionend", update);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  // Before everything else that listens to keys: while the list is open they are its own.
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const stops = offers.length + 1; // the box itself is one of them
      mark((active + 1 + step + stops) % stops - 1);
    } else if (event.key === "Enter" && active >= 0) {
      take(active);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      take([...list.children].indexOf(option));
    }
  });
  update();
}
