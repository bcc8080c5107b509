/**
 * What a reader typed, understood: text in, `Query` out, and back to text or to a sentence.
 *
 *     依法行政            one string, found with and without joining marks
 *     执法 不足           white space: both, in the same line
 *     "双随机、一公开"     ASCII quotes around a whole word: every mark counts
 *     -罚款              ASCII hyphen first: not in that line
 *     种类:问题 地区:许昌 年份:2024-2025 机关:卫生健康        narrow; several by comma
 *
 * Parsing is total: what is no operator is text. A quote opens only at the start of a word and
 * closes only at the end of one, so that pasted text with ASCII quotes inside stays one string.
 * Cases: tests/golden/query.json. Read on in lines.js.
 */

import { fold, isWhite } from "./normalise.js";
import { KINDS, kindOf } from "./kinds.js";

/**
 * @typedef {object} Phrase
 * @property {string} text as typed
 * @property {boolean} strict every mark counts
 * @property {string} folded what is looked for; never empty
 * @property {number} at which word of the query it is
 */

/**
 * @typedef {object} Narrowing
 * @property {"kind" | "place" | "year" | "issuer"} key
 * @property {string} text the value as typed
 * @property {string[]} values kinds by name, years as “2024-2025”, places and issuers folded;
 *   empty when the value is not understood: then nothing is found, and `describe` says why
 * @property {number} at which word of the query it is
 */

/**
 * @typedef {object} Query
 * @property {Phrase[]} phrases all must occur in one line
 * @property {Phrase[]} exclusions none may occur in that line
 * @property {Narrowing[]} narrowings all must hold
 */

/** @type {Map<string, Narrowing["key"]>} */
const KEYS = new Map([["种类", "kind"], ["地区", "place"], ["年份", "year"], ["机关", "issuer"]]);

/** Words are read up to here; a longer paste would only make the browser stand still. */
const LONGEST_QUERY = 2000;

/** @param {string} text @returns {Query} */
export function parseQuery(text) {
  /** @type {Query} */
  const query = { phrases: [], exclusions: [], narrowings: [] };
  let at = 0;
  for (const word of wordsOf(text.slice(0, LONGEST_QUERY))) {
    const narrowing = narrowingOf(word);
    const exclusion = word.length > 1 && word[0] === "-" ? phraseOf(word.slice(1)) : null;
    const phrase = phraseOf(word);
    if (narrowing) {
      query.narrowings.push({ ...narrowing, at });
    } else if (exclusion) {
      query.exclusions.push({ ...exclusion, at });
    } else if (phrase) {
      query.phrases.push({ ...phrase, at });
    } else {
      continue;
    }
    at += 1;
  }
  return query;
}

/**
 * Cuts at white space, but not inside `"…"`, `-"…"` and `机关:"…"`.
 *
 * @param {string} text
 * @returns {string[]}
 */
function wordsOf(text) {
  const words = [];
  let at = 0;
  while (at < text.length) {
    if (isWhite(text[at])) {
      at += 1;
      continue;
    }
    let end = quotedEnd(text, at);
    if (end === -1) {
      end = at;
      while (end < text.length && !isWhite(text[end])) {
        end += 1;
      }
    }
    words.push(text.slice(at, end));
    at = end;
  }
  return words;
}

/**
 * Where a word in quotes ends: after the first `"` that has white space or nothing behind it.
 *
 * @param {string} text
 * @param {number} start
 * @returns {number} -1 when no quoted word begins at `start`
 */
function quotedEnd(text, start) {
  const lead = /^(?:-|(?:种类|地区|年份|机关)[:：])?"/.exec(text.slice(start, start + 4));
  if (!lead) {
    return -1;
  }
  const open = start + lead[0].length;
  for (let at = text.indexOf('"', open); at !== -1; at = text.indexOf('"', at + 1)) {
    if (at + 1 === text.length || isWhite(text[at + 1])) {
      return at + 1;
    }
  }
  return -1;
}

/** @param {string} word @returns {boolean} */
function isQuoted(word) {
  return word.length > 2 && word[0] === '"' && word[word.length - 1] === '"';
}

/**
 * @param {string} word
 * @returns {Omit<Phrase, "at"> | null} null when nothing is left to look for: `、` without quotes
 */
function phraseOf(word) {
  const strict = isQuoted(word);
  const text = strict ? word.slice(1, -1) : word;
  const folded = fold(text, { keepMarks: strict }).text;
  return folded ? { text, strict, folded } : null;
}

/** @param {string} word @returns {Omit<Narrowing, "at"> | null} */
function narrowingOf(word) {
  const key = KEYS.get(word.slice(0, 2));
  if (!key || (word[2] !== ":" && word[2] !== "：")) {
    return null;
  }
  const rest = word.slice(3);
  const text = isQuoted(rest) ? rest.slice(1, -1) : rest;
  const parts = text.split(/[,，、]/).map((part) => fold(part).text).filter(Boolean);
  if (!parts.length) {
    return null;
  }
  if (key === "kind") {
    return { key, text, values: parts.map(kindOf).filter(Boolean) };
  }
  if (key === "year") {
    // Folding drops the hyphen of a range, so years are read from the word as typed.
    return { key, text, values: text.split(/[,，、]/).map(yearsOf).filter(Boolean) };
  }
  return { key, text, values: parts };
}

/**
 * @param {string} text “2025”, “2024-2025”, “2024—2025”, “2025年”
 * @returns {string | null} “2024-2025”
 */
function yearsOf(text) {
  const found = /^(\d{4})年?(?:[-–—~〜至](\d{4})年?)?$/.exec(text.normalize("NFKC").replace(/——/g, "—").trim());
  return found ? `${found[1]}-${found[2] || found[1]}` : null;
}

/**
 * Whether there is anything to look for: words, or a narrowing in the text itself.
 *
 * @param {Query} query
 * @returns {boolean}
 */
export function asksSomething(query) {
  return query.phrases.length > 0 || query.narrowings.length > 0;
}

/** @param {Phrase} phrase @returns {string} */
export function phraseAsTyped(phrase) {
  return phrase.strict ? `"${phrase.text}"` : phrase.text;
}

/**
 * The query as one line that parses to the same query. The order stays: a stray quote must not
 * come to stand before another one that would close it.
 *
 * @param {Query} query
 * @returns {string}
 */
export function queryAsTyped({ phrases, exclusions, narrowings }) {
  const names = new Map([...KEYS].map(([name, key]) => [key, name]));
  const value = (text) => (/\s/.test(text) ? `"${text}"` : text);
  return [
    ...phrases.map(({ at, ...phrase }) => [at, phraseAsTyped(phrase)]),
    ...exclusions.map(({ at, ...phrase }) => [at, `-${phraseAsTyped(phrase)}`]),
    ...narrowings.map(({ at, key, text }) => [at, `${names.get(key)}:${value(text)}`]),
  ].sort(([a], [b]) => a - b).map(([, word]) => word).join(" ");
}

/**
 * Only what is to be found and marked: the words that a report's page is opened with.
 *
 * @param {Query} query
 * @returns {string}
 */
export function wordsAsTyped(query) {
  return queryAsTyped({ phrases: query.phrases, exclusions: [], narrowings: [] });
}

/**
 * The query as a Chinese sentence without an end: “含有“执法”和“不足”，不含“罚款”，板块为存在的不足”.
 *
 * @param {Query} query
 * @returns {string}
 */
export function describe(query) {
  const quoted = (phrases) => phrases.map((phrase) => `“${phrase.text}”`);
  const parts = [];
  if (query.phrases.length) {
    parts.push(`含有${quoted(query.phrases).join("和")}`);
  }
  if (query.exclusions.length) {
    parts.push(`不含${quoted(query.exclusions).join("和")}`);
  }
  for (const narrowing of query.narrowings) {
    parts.push(describeNarrowing(narrowing));
  }
  return parts.join("，");
}

/** @param {Narrowing} narrowing @returns {string} */
function describeNarrowing({ key, text, values }) {
  if (!values.length) {
    return key === "kind"
      ? `种类“${text}”不在${KINDS.map((kind) => kind.words[0]).join("、")}之中`
      : `年份“${text}”须写作 2025 或 2024-2025`;
  }
  if (key === "kind") {
    const names = KINDS.filter((kind) => values.includes(kind.value)).map((kind) => kind.name);
    return `板块为${names.join("或")}`;
  }
  return { place: `地区为${text}`, year: `报告年度为 ${text}`, issuer: `发文机关含“${text}”` }[key];
}
