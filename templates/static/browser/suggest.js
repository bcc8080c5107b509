/**
 * Ways on when nothing was found: the nearest questions that do have answers, with their counts.
 *
 * Nothing is loosened silently: these are offered, the reader chooses. Asks the same `search`
 * as everyone else, so that what is promised is what will be found.
 *
 * It is part of a script that comes late, and shares no scope with the one that understands
 * queries: that is handed over as `Language`.
 */

/** @typedef {import("./search.js").Result} Result */

/**
 * @typedef {object} Language
 * @property {typeof import("./normalise.js").fold} fold
 * @property {typeof import("./query.js").describe} describe
 * @property {typeof import("./query.js").parseQuery} parseQuery
 * @property {typeof import("./query.js").phraseAsTyped} phraseAsTyped
 * @property {typeof import("./query.js").queryAsTyped} queryAsTyped
 */

/**
 * @typedef {object} Way
 * @property {string} lead what would change
 * @property {string} query
 * @property {Record<string, string>} options
 * @property {number} total passages it finds
 */

/** Longer words are first cut to this many characters: a pasted page would be asked for for seconds. */
const LONGEST_WORD = 60;

/**
 * @param {string} text the query that found nothing
 * @param {Record<string, string>} options
 * @param {(query: string, options: object) => Promise<Result>} search
 * @param {Language} language
 * @returns {Promise<Way[]>} at most one for each kind of change, all with answers
 */
export async function waysOn(text, options, search, language) {
  const { fold, parseQuery, phraseAsTyped, queryAsTyped } = language;
  const query = parseQuery(text);
  const wider = options.sort ? { sort: options.sort } : {};
  const count = async (asked, within) => (await search(asked, { ...within, limit: "0" })).total;
  /** @type {Way[]} */
  const ways = [];
  const offer = async (lead, asked, within) => {
    const known = asked === "" || ways.some((way) => way.query === asked);
    const total = known ? 0 : await count(asked, within);
    if (total > 0) {
      ways.push({ lead, query: asked, options: within, total });
    }
    return total > 0;
  };

  if (Object.keys(wider).length < Object.keys(options).length) {
    await offer("去掉限定", text, wider);
  }
  if (query.narrowings.length) {
    await offer("去掉检索词中的限定", queryAsTyped({ ...query, narrowings: [] }), wider);
  }
  if (query.exclusions.length) {
    await offer("不排除任何词", queryAsTyped({ ...query, exclusions: [] }), wider);
  }
  if (query.phrases.some((phrase) => phrase.strict)) {
    const loose = query.phrases.map((phrase) => ({ ...phrase, strict: false }));
    await offer("不计标点", queryAsTyped({ ...query, phrases: loose }), wider);
  }
  const apart = query.phrases.flatMap((phrase) => phrase.text.split(/[，。；：！？,.;:!?\s]+/).filter((part) => fold(part).text));
  if (apart.length > query.phrases.length) {
    await offer("在标点处分开", apart.join(" "), wider);
  }
  if (query.phrases.length > 1) {
    for (const phrase of query.phrases.slice(0, 4)) {
      await offer("只查一词", phraseAsTyped(phrase), wider);
    }
  }
  for (const phrase of query.phrases.slice(0, 2)) {
    await offer("少写几个字", await longestPart(phrase.text.slice(0, LONGEST_WORD), (part) => count(part, wider), language), wider);
  }
  return ways;
}

/**
 * The longest part of a word that is found somewhere; of several the rarest, which says most.
 * Whatever is found holds only parts that are found, so both ends of the part move forward
 * only: about two questions a character.
 *
 * @param {string} text
 * @param {(part: string) => Promise<number>} count
 * @param {Language} language
 * @returns {Promise<string>} "" when no two characters of it stand together anywhere
 */
export async function longestPart(text, count, { fold, parseQuery }) {
  // Cut where folding lets it be cut: never inside a pair, no joining marks at the ends.
  const { from, to } = fold(text);
  // Nothing that would be read as an operator or as two words.
  const isWord = (part) => {
    const read = parseQuery(part);
    return read.phrases.length === 1 && !read.exclusions.length && !read.narrowings.length;
  };
  let best = { part: "", length: 1, total: Infinity };
  let start = 0;
  for (let end = 1; end <= from.length; end += 1) {
    for (; end - start >= Math.max(2, best.length); start += 1) {
      const part = text.slice(from[start], to[end - 1]);
      const total = isWord(part) ? await count(part) : 0;
      if (total > 0) {
        if (end - start > best.length || total < best.total) {
          best = { part, length: end - start, total };
        }
        break;
      }
    }
  }
  return best.length < from.length ? best.part : "";
}
