/**
 * The part of a passage worth showing: the densest window around the marks. Pure.
 */

/**
 * @typedef {object} Snippet
 * @property {[string, boolean][]} parts text and whether it is marked, in order
 * @property {boolean} cutBefore the passage begins earlier
 * @property {boolean} cutAfter the passage goes on
 */

/** A window may begin this much earlier or later to begin with a sentence. */
const REACH = 24;
const SENTENCE_ENDS = "。！？；!?;\n";

/**
 * Overlapping and touching marks made one, clipped to [start, end).
 *
 * @param {[number, number][]} marks sorted
 * @param {number} start
 * @param {number} end
 * @returns {[number, number][]}
 */
export function mergeMarks(marks, start = 0, end = Infinity) {
  /** @type {[number, number][]} */
  const merged = [];
  for (const [from, to] of marks) {
    const last = merged[merged.length - 1];
    if (to <= start || from >= end) {
      continue;
    }
    if (last && from <= last[1]) {
      last[1] = Math.max(last[1], Math.min(to, end));
    } else {
      merged.push([Math.max(from, start), Math.min(to, end)]);
    }
  }
  return merged;
}

/**
 * [start, end) of a text as runs of marked and unmarked text.
 *
 * @param {string} text
 * @param {[number, number][]} marks sorted
 * @param {number} start
 * @param {number} end
 * @returns {[string, boolean][]}
 */
export function partsOf(text, marks, start, end) {
  /** @type {[string, boolean][]} */
  const parts = [];
  let at = start;
  for (const [from, to] of mergeMarks(marks, start, end)) {
    if (at < from) {
      parts.push([text.slice(at, from), false]);
    }
    parts.push([text.slice(from, to), true]);
    at = to;
  }
  if (at < end) {
    parts.push([text.slice(at, end), false]);
  }
  return parts;
}

/** @param {string} text @param {number} at @returns {number} the same, or one earlier inside a surrogate pair */
function wholeCharacter(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

/**
 * @param {string} text
 * @param {[number, number][]} marks sorted, in UTF-16 units of `text`
 * @param {{start?: number, end?: number, width?: number}} [range] what may be shown, and how much of it
 * @returns {Snippet}
 */
export function snippetOf(text, marks, { start = 0, end = text.length, width = 110 } = {}) {
  const inside = mergeMarks(marks, start, end);
  let best = start;
  let most = 0;
  let last = 0;
  inside.forEach(([from], first) => {
    while (last < inside.length && inside[last][1] <= from + width) {
      last += 1;
    }
    if (last - first > most) {
      most = last - first;
      best = from;
    }
  });
  let from = Math.max(start, Math.min(best - Math.floor(REACH / 2), end - width));
  for (let at = Math.min(from + REACH, best); at > start && at >= from - REACH; at -= 1) {
    if (SENTENCE_ENDS.includes(text[at - 1])) {
      from = at;
      break;
    }
  }
  if (from - start <= REACH / 2) {
    from = start; // not worth an ellipsis
  }
  from = wholeCharacter(text, from);
  // A single mark longer than the window is still shown whole.
  const firstMark = inside.find(([, to]) => to > from);
  const to = Math.min(end, Math.max(from + width + REACH, firstMark ? firstMark[1] : 0));
  const until = end - to <= REACH / 2 ? end : wholeCharacter(text, to);
  return { parts: partsOf(text, marks, from, until), cutBefore: from > start, cutAfter: until < end };
}
