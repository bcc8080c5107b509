/**
 * Reports, or parts of them, as the wire brings them: lines, and where a phrase stands in a line.
 *
 * A *line* is a line of the body as published. A *place* is where a passage (or a heading that
 * stands alone) begins in a line; a hit belongs to the place in which it begins.
 * The form is written down in src/govreport_site/search/segments.py.
 */

import { fold, isJoining } from "./normalise.js";
import { HEADING, TEXT, TITLE, levelOf, weightOf } from "./scoring.js";
import { decodeTopics } from "./topics.js";

/** @typedef {import("./query.js").Phrase} Phrase */

/**
 * @typedef {object} Place
 * @property {number} start in UTF-16 units of the line
 * @property {number} body where the run-in heading is over; the line's length for a bare heading
 * @property {number} end where the next place of the line begins, or the line's length
 * @property {string} anchor id on the report's page; "" for the page itself
 * @property {Section} section
 * @property {number | null} number as in the margin of the page
 * @property {boolean} title
 */

/**
 * @typedef {object} Section
 * @property {string[]} path headings from the top; empty before the first heading
 * @property {string | null} kind
 */

/**
 * @typedef {object} Line
 * @property {string} text
 * @property {Place[]} places
 * @property {string | undefined} words
 */

/**
 * @typedef {object} Report
 * @property {string} id folder of its page under the root of the site
 * @property {string} url of its page, from the root of the site
 * @property {string} title
 * @property {string | null} issuer
 * @property {[string, string] | null} issuerKind value and name
 * @property {[string, string][]} lineage code and name of each place, from the province down
 * @property {number | null} year
 * @property {string | null} date YYYY-MM-DD
 * @property {Line[]} lines
 * @property {string[][] | null} topics of its places, one after another; null for a part of a report
 */

/** @param {Array} wire @returns {Report} */
export function decodeReport(wire) {
  const [id, url, title, issuer, issuerKind, lineage, year, date, wireSections, wireLines, topics] = wire;
  const sections = wireSections.map((section) => (section ? { path: section[0], kind: section[1] } : null));
  const lines = wireLines.map(([text, wirePlaces, words]) => ({
    text,
    words,
    places: wirePlaces.map(([start, body, anchor, section, number, isTitle], i) => ({
      start, body, anchor, section: sections[section], number: number || null, title: Boolean(isTitle),
      end: i + 1 < wirePlaces.length ? wirePlaces[i + 1][0] : text.length,
    })),
  }));
  return {
    id, url, title, issuer, issuerKind, lineage, year, date, lines, topics: topics ? decodeTopics(topics) : null,
  };
}

/**
 * @typedef {object} Standing what a phrase is in one place
 * @property {number} place index in the line's places
 * @property {number} times
 * @property {number} weight of all of them, in sixteenths
 */

/**
 * The places of a line in which a phrase begins.
 *
 * @param {Line} line
 * @param {Pick<Phrase, "strict" | "folded">} phrase
 * @returns {Standing[]} in order
 */
export function standingsIn(line, phrase) {
  const { text, from } = fold(line.text, { keepMarks: phrase.strict });
  const found = [];
  const at = occurrencesOf(text, phrase.folded);
  if (!at.length) {
    return found;
  }
  const levels = phrase.folded.length === 1 ? null : levelsOf(line);
  const letters = levels && phrase.strict ? lettersAt(text) : null;
  let place = 0;
  for (const start of at) {
    while (place + 1 < line.places.length && line.places[place + 1].start <= from[start]) {
      place += 1;
    }
    let last = found[found.length - 1];
    if (!last || last.place !== place) {
      last = { place, times: 0, weight: 0 };
      found.push(last);
    }
    last.times += 1;
    const letter = letters ? letters[start] : start;
    last.weight += levels && letter >= 0 ? weightOf(levels[letter]) : plainWeight(phrase, line.places[place], from[start]);
  }
  return found;
}

/** Of phrases that no word is: one letter counts as such, one that begins with a mark by its field alone. */
function plainWeight(phrase, place, at) {
  return phrase.strict && phrase.folded.length > 1 && (place.title || at < place.body) ? weightOf(HEADING) : weightOf(TEXT);
}

/** For each letter and mark of strict text which letter it is; marks: -1. @param {string} strict @returns {Int32Array} */
function lettersAt(strict) {
  let letters = 0;
  return Int32Array.from(strict.split(""), (letter) => {
    letters += isJoining(letter) ? 0 : 1;
    return isJoining(letter) ? -1 : letters - 1;
  });
}

/** Levels of all letters of a line, as the index has them. @param {Line} line @returns {Uint8Array} */
function levelsOf({ text, places, words }) {
  const { from } = fold(text);
  const starts = new Uint8Array(from.length);
  if (words === undefined) {
    starts.fill(1);
  } else {
    let at = 0;
    let isOpen = false;
    for (const digit of words) {
      if (!isOpen) {
        starts[at] = 1;
      }
      at += Number(digit);
      isOpen = digit === "9";
    }
  }
  const levels = new Uint8Array(from.length);
  const firstAt = (unit) => firstAtOrAfter(from, unit);
  places.forEach((place, i) => {
    const begin = firstAt(place.start);
    const end = i + 1 < places.length ? firstAt(places[i + 1].start) : from.length;
    const body = Math.min(Math.max(firstAt(place.body), begin), end);
    for (const [low, high, field] of [[begin, body, HEADING], [body, end, place.title ? TITLE : TEXT]]) {
      let count = 0;
      for (let letter = low; letter < high; letter += 1) {
        count += starts[letter];
      }
      const level = levelOf(field, count);
      for (let letter = low; letter < high; letter += 1) {
        levels[letter] = starts[letter] ? level : level - 1;
      }
    }
  });
  return levels;
}

/** @param {Uint32Array} sorted @param {number} value @returns {number} */
function firstAtOrAfter(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Every place where `needle` begins, overlapping ones too, never inside a surrogate pair.
 *
 * @param {string} text
 * @param {string} needle not empty
 * @returns {number[]}
 */
function occurrencesOf(text, needle) {
  const found = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    if (!splitsPair(text, at) && !splitsPair(text, at + needle.length)) {
      found.push(at);
    }
  }
  return found;
}

/** @param {string} text @param {number} at @returns {boolean} */
function splitsPair(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/**
 * Every occurrence of the phrases in a text as published; overlapping ones stand side by side.
 *
 * @param {string} text
 * @param {Phrase[]} phrases
 * @returns {[number, number][]} half-open, in UTF-16 units, sorted
 */
export function marksIn(text, phrases) {
  const marks = [];
  for (const strict of [false, true]) {
    const wanted = phrases.filter((phrase) => phrase.strict === strict);
    if (wanted.length) {
      const folded = fold(text, { keepMarks: strict });
      for (const phrase of wanted) {
        for (const at of occurrencesOf(folded.text, phrase.folded)) {
          marks.push([folded.from[at], folded.to[at + phrase.folded.length - 1]]);
        }
      }
    }
  }
  return marks.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
