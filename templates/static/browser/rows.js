/**
 * The concordance before it is shown: every occurrence with what stands on its sides, in order,
 * and hits gathered from a search part by part. Nothing here touches the page.
 */

/** @typedef {import("./search.js").Hit} Hit */
/** @typedef {import("./search.js").Result} Result */

/** Characters on each side of a word. */
const CONTEXT = 36;

/** Hits asked for at once: each has to be brought, and the reader is told how far it has come. */
const PART = 40;

/**
 * @typedef {object} Row one occurrence with its context
 * @property {Hit} hit
 * @property {string} left
 * @property {string} word
 * @property {string} right
 */

/**
 * @param {Hit[]} hits
 * @returns {Row[]} in the order of the hits
 */
export function rowsOf(hits) {
  return hits.flatMap((hit) => {
    const [from, , until] = hit.span;
    return hit.marks.filter(([start]) => from <= start && start < until).map(([start, end]) => ({
      hit,
      left: hit.text.slice(Math.max(0, start - CONTEXT), start),
      word: hit.text.slice(start, end),
      right: hit.text.slice(end, end + CONTEXT),
    }));
  });
}

/** Marks and blanks at the word say nothing about what stands beside it. */
const MARKS = /[\s\u3000，。；：！？、,.;:!?“”‘’"'（）()《》〈〉【】[\]—…·-]/g;

/**
 * @param {Row[]} rows
 * @param {string} sort “left”, “right”, or “place” (as they are)
 * @returns {Row[]} by the characters beside the word, from the word outwards, marks passed over
 */
export function sortedRows(rows, sort) {
  if (sort === "place") {
    return rows;
  }
  const side = ({ left, right }) => {
    const text = (sort === "left" ? left : right).replace(MARKS, "");
    return sort === "left" ? Array.from(text).reverse().join("") : text;
  };
  // One order for everyone, never the browser's language; equal ones stay as they came.
  return rows.map((row) => ({ row, by: side(row) }))
    .sort((a, b) => (a.by < b.by ? -1 : Number(a.by > b.by)))
    .map(({ row }) => row);
}

/**
 * Hits in the order of the search, until there are enough.
 *
 * @param {(limit: number, offset: number) => Promise<Result>} ask
 * @param {{isEnough: (hits: Hit[]) => boolean, progress: (done: number, total: number) => boolean}} options
 *   `progress` is told after each part and answers whether to go on
 * @returns {Promise<Hit[]>}
 */
export async function gather(ask, { isEnough, progress }) {
  const hits = [];
  for (;;) {
    const part = await ask(PART, hits.length);
    hits.push(...part.hits);
    if (!progress(hits.length, part.total) || !part.hits.length || hits.length >= part.total || isEnough(hits)) {
      return hits;
    }
  }
}
