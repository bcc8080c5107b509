// Made-up texts for property tests: always the same for the same seed.

/** Rich in what makes searching Chinese hard: numerals, brackets, full and half width, pairs. */
export const ALPHABET = Array.from("一一二（、）(),，。％%１1+＋.．ＡaAb法法行政 \u3000\u200b㎡㈠⾏“”\"-—𠀀𠮷𝟙İΣ");

/** @param {number} seed */
export function random(seed) {
  let state = seed * 2654435761 >>> 0 || 1;
  const next = () => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x100000000;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (items) => items[below(items.length)];
  const text = (longest, shortest = 0) =>
    Array.from({ length: shortest + below(longest - shortest + 1) }, () => pick(ALPHABET)).join("");
  return { next, below, pick, text };
}

/**
 * A report as the wire has it. A line is a string (a passage of its own) or a list of
 * [text, anchor, section, heading length] whose texts together are the line. `topics`: of an anchor, one.
 */
export function report(id, lines, about = {}) {
  const {
    title = id, issuer = null, issuerKind = null, lineage = [], year = null, date = null,
    sections = [[[], null]], topics = {},
  } = about;
  const units = lines.map((line, i) => {
    const parts = typeof line === "string" ? [[line, `p-${i}`, 0, 0]] : line;
    let text = "";
    const places = parts.map(([part, anchor, section = 0, heading = 0], j) => {
      const start = text.length;
      text += part;
      return [start, start + heading, anchor, section, i + j + 1];
    });
    return [text, places];
  });
  const of = units.flatMap(([, places]) => places.map(([, , anchor]) => (topics[anchor] ? [topics[anchor]] : [])));
  return [id, `${id}/index.html`, title, issuer, issuerKind, lineage, year, date, sections, units, topicColumn(of)];
}

/** As src/govreport_site/search/topics.py writes it, for a few of each. */
function topicColumn(places) {
  const names = [...new Set(places.flat())];
  const number = (at) => String.fromCharCode(0x23 + at);
  const sets = names.map((_, at) => number(at));
  return [names.join("\n"), sets, places.map(([name]) => number(name ? names.indexOf(name) + 1 : 0)).join("")];
}
