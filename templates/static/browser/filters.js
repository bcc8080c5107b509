/**
 * The filters beside the answers: kinds, the trees of places and topics, years as a range, issuers. Options
 * and an answer's facets in, elements out; each choice asks anew through `actions`.
 */

import { rangeOf, rangeOption, withChoice } from "./address.js";
import { element } from "./elements.js";
import { FACET_NAMES, labelOf } from "./labels.js";
import { thousands } from "./naming.js";
import { askLink, kindBox } from "./view.js";

/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./facets.js").FacetValue} FacetValue */
/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./view.js").Actions} Actions */

/** A long facet is folded to this many values. */
const FACET_VALUES = 8;

/**
 * @param {Asked} asked
 * @param {Result} result
 * @param {Actions} actions
 * @param {boolean} isOpen whether more than the first facet is shown: on a phone hits come before filters
 * @param {Set<string>} opened what the reader opened: values of places and topics, facets whose rest is shown; is changed here
 * @returns {HTMLElement[]} one fieldset for each facet that has something to choose, all but the first in a fold
 */
export function facetFields(asked, result, actions, isOpen, opened) {
  const [first, ...others] = FACET_NAMES.map(([facet, name]) => {
    const chosen = chosenOf(asked, facet);
    const known = result.facets[facet];
    if (facet === "year" && (known.length > 1 || (chosen.length && !known.some(({ value }) => value === chosen[0])))) {
      return yearField(asked, known, name, actions, opened);
    }
    // What was chosen stays visible, else nobody could take it back.
    const values = known.concat(chosen.filter((value) => !known.some((entry) => entry.value === value))
      .map((value) => ({ value, label: labelOf(facet, value), count: facet === "topic" && result.topics ? null : 0 })));
    if (!values.length) {
      return null;
    }
    if (facet === "place" || facet === "topic") {
      return treeField(asked, facet, values, name, actions, opened);
    }
    const box = (entry) => facetBox(asked, facet, entry, actions);
    return folded(facet, name, values, (entry) => chosen.includes(entry.value), box, opened);
  });
  const rest = others.filter((field) => field !== null);
  const fold = element("details", { class: "facets", open: isOpen }, element("summary", {}, "按地区、年度、机关、主题限定"), rest);
  return [first, rest.length ? fold : null].filter((field) => field !== null);
}

/** @param {Asked} asked @param {string} facet @returns {string[]} */
function chosenOf(asked, facet) {
  return (asked.options[facet] || "").split(",").filter(Boolean);
}

/**
 * A fieldset of rows, those beyond the first few in a fold.
 *
 * @template T
 * @param {string} facet
 * @param {string} name
 * @param {T[]} values
 * @param {(value: T) => boolean} stays whether it is shown wherever it stands
 * @param {(value: T) => HTMLElement | HTMLElement[]} row
 * @param {Set<string>} opened
 */
function folded(facet, name, values, stays, row, opened) {
  const shown = values.filter((value, i) => i < FACET_VALUES || stays(value));
  const rest = values.filter((value) => !shown.includes(value));
  return element("fieldset", { class: "facet" }, element("legend", {}, name), shown.flatMap(row),
    restOf(facet, rest.length, opened, () => rest.flatMap(row)));
}

/**
 * What is beyond the first few. In a large corpus there are thousands: they are made when they are first seen.
 *
 * @param {string} facet
 * @param {number} count
 * @param {Set<string>} opened
 * @param {() => HTMLElement | HTMLElement[]} make
 * @returns {HTMLElement | null}
 */
function restOf(facet, count, opened, make) {
  if (!count) {
    return null;
  }
  const isOpen = opened.has(facet);
  const fold = element("details", { open: isOpen }, element("summary", { id: `rest-${facet}` }, `另 ${thousands(count)} 项`),
    isOpen ? make() : null);
  fold.addEventListener("toggle", () => {
    opened[fold.open ? "add" : "delete"](facet);
    if (fold.open && fold.childElementCount === 1) {
      fold.append(...[make()].flat());
    }
  });
  return fold;
}

/** @param {Asked} asked @param {string} facet @param {FacetValue} entry @param {Actions} actions */
function facetBox(asked, facet, { value, label, count }, actions) {
  const input = element("input", {
    type: "checkbox", name: facet, value, checked: chosenOf(asked, facet).includes(value),
  });
  input.addEventListener("change", () => {
    actions.ask({ ...asked, options: withChoice(asked.options, facet, value, input.checked), offset: 0 });
  });
  const kind = facet === "kind" ? kindBox(value, true) : null;
  return element("label", {}, input, kind,
    // On a phone the boxed character alone stands for the name.
    element("span", { class: kind ? "name" : null }, label),
    element("span", { class: "n" }, count === null ? "" : thousands(count)));
}

/**
 * Years: from one to another, and each by itself with its count.
 *
 * @param {Asked} asked
 * @param {FacetValue[]} known
 * @param {string} name
 * @param {Actions} actions
 * @param {Set<string>} opened
 */
function yearField(asked, known, name, actions, opened) {
  const range = rangeOf(asked.options.year);
  const counts = new Map(known.map(({ value, count }) => [value, count]));
  const years = [...new Set([...counts.keys(), ...(range || [])])].sort();
  const ends = [years[0], years[years.length - 1]];
  const [from, to] = range || ends;
  const narrow = (one, other) => {
    const { year, ...others } = asked.options;
    const all = one === ends[0] && other === ends[1];
    actions.ask({ ...asked, options: all ? others : { ...others, year: rangeOption(one, other) }, offset: 0 });
  };
  const select = (label, end, chosen) => {
    const made = element("select", { name: `year-${end}`, "aria-label": `${label}哪一年度` },
      years.map((year) => element("option", { value: year, selected: year === chosen }, year)));
    made.addEventListener("change", () => (end === "from" ? narrow(made.value, to) : narrow(from, made.value)));
    return element("span", {}, `${label} `, made);
  };
  const row = (year) => element("li", {}, askLink({
    ...asked, options: { ...asked.options, year }, offset: 0,
  }, year, actions, range && from <= year && year <= to ? { "aria-current": "true" } : {}),
  element("span", { class: "n" }, thousands(counts.get(year) || 0)));
  const newest = [...years].reverse();
  const rest = newest.slice(FACET_VALUES);
  return element("fieldset", { class: "facet" }, element("legend", {}, name),
    years.length > 1 ? element("div", { class: "range" }, select("从", "from", from), select("到", "to", to)) : null,
    element("ul", {}, newest.slice(0, FACET_VALUES).map(row)),
    restOf("year", rest.length, opened, () => element("ul", {}, rest.map(row))));
}

/** @typedef {{entry: FacetValue, below: TreeNode[]}} TreeNode */

/** @param {FacetValue[]} values in tree order @returns {TreeNode[]} */
function treeOf(values) {
  const roots = [];
  const way = [];
  for (const entry of values) {
    const node = { entry, below: [] };
    while (way.length && way[way.length - 1].entry.depth >= (entry.depth || 0)) {
      way.pop();
    }
    (way.length ? way[way.length - 1].below : roots).push(node);
    way.push(node);
  }
  return roots;
}

/**
 * A tree of places or topics: open where the reader opened it, where something in it is chosen, and where
 * one has no fellow.
 *
 * @param {Asked} asked
 * @param {string} facet
 * @param {FacetValue[]} values in tree order
 * @param {string} name
 * @param {Actions} actions
 * @param {Set<string>} opened
 * @returns {HTMLElement}
 */
function treeField(asked, facet, values, name, actions, opened) {
  const chosen = chosenOf(asked, facet);
  const holdsChoice = ({ entry, below }) => chosen.includes(entry.value) || below.some(holdsChoice);
  const isOpen = (node) => holdsChoice(node) || opened.has(node.entry.value);
  // Down to where there is a choice; from there on each branch is shown or folded as a whole.
  let branches = treeOf(values);
  const trunk = [];
  while (branches.length === 1) {
    trunk.push(branches[0]);
    branches = branches[0].below;
  }
  const canOpen = branches.some(({ below }) => below.length);

  /** @param {TreeNode} node @param {number} depth */
  function row(node, depth) {
    const { value, label } = node.entry;
    const isFixed = depth < trunk.length || !node.below.length || holdsChoice(node);
    const twig = isFixed ? element("span", { class: "twig" }) : element("button", {
      class: "twig", type: "button", id: `below-${value}`, "aria-expanded": String(isOpen(node)), "aria-label": `${label}以下`,
    });
    if (!isFixed) {
      twig.addEventListener("click", () => {
        if (!opened.delete(value)) {
          opened.add(value);
        }
        const again = treeField(asked, facet, values, name, actions, opened);
        field.replaceWith(again);
        document.getElementById(`below-${value}`).focus();
      });
    }
    return element("div", { class: `row depth-${Math.min(depth, 2)}` }, canOpen ? twig : null,
      facetBox(asked, facet, node.entry, actions));
  }

  const branch = (node, depth) =>
    [row(node, depth), ...(isOpen(node) ? node.below.flatMap((below) => branch(below, depth + 1)) : [])];
  const field = folded(facet, name, [...trunk, ...branches], (node) => trunk.includes(node) || isOpen(node),
    (node) => (trunk.includes(node) ? [row(node, trunk.indexOf(node))] : branch(node, trunk.length)), opened);
  return field;
}
