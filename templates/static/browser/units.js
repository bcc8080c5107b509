/**
 * The reports as the browser searches them: decoded, folded, and looked through line by line.
 *
 * In flows a report as the wire has it (search/shards.py writes down the form), out flow the
 * passages in which a query is found. A *line* is a line of the body as published. A *place*
 * is where a passage (or a heading that stands alone) begins in a line; a hit belongs to the
 * place in which it begins. All of a report's folded lines stand in one string, parted by line
 * feeds, which no folded query holds: one `indexOf` runs through a report.
 * Read on in search.js.
 */

import { fold } from "./normalise.js";

/**
 * Lines folded in one of the two ways, end to end.
 *
 * @typedef {object} Plane
 * @property {string} text
 * @property {Uint32Array} starts for each place, where it begins in `text`
 * @property {Uint32Array} bodies for each place, where its heading is over
 */

/**
 * @typedef {object} Place
 * @property {number} line index in `lines`
 * @property {number} start in UTF-16 units of the line
 * @property {number} body where the run-in heading is over; the line's length for a bare heading
 * @property {number} end where the next place of the line begins, or the line's length
 * @property {string} anchor id on the report's page; "" for the page itself
 * @property {Section} section
 * @property {number | null} number as in the margin of the page
 */

/**
 * @typedef {object} Section
 * @property {string[]} path headings from the top; empty before the first heading
 * @property {string | null} kind
 * @property {string[]} topics
 * @property {number} passages how many of the report's passages stand here
 */

/**
 * @typedef {object} IndexedReport
 * @property {string} id folder of its page under the root of the site
 * @property {string} url of its page, from the root of the site
 * @property {string} title
 * @property {string | null} issuer
 * @property {[string, string] | null} issuerKind value and name
 * @property {[string, string][]} lineage code and name of each place, from the province down
 * @property {number | null} year
 * @property {string | null} date YYYY-MM-DD
 * @property {Section[]} sections
 * @property {string[]} lines
 * @property {Place[]} places in the order of the text
 * @property {{loose: Plane | null, strict: Plane | null}} planes folded when first asked for
 */

/**
 * One passage that holds what was asked for.
 *
 * @typedef {object} Answer
 * @property {IndexedReport} report
 * @property {number} place index in `report.places`: the first line of the passage that matches
 * @property {number} occurrences of all phrases, in matching lines of this passage
 * @property {boolean} inHeading a phrase begins in the passage's own heading
 * @property {boolean} whole several words stand there side by side, as typed
 */

/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Phrase} Phrase */

/**
 * @param {Array} wire
 * @returns {IndexedReport}
 */
export function decodeReport(wire) {
  const [id, url, title, issuer, issuerKind, lineage, year, date, wireSections, wireLines] = wire;
  const sections = wireSections.map(([path, kind, topics]) => ({ path, kind, topics, passages: 0 }));
  const lines = [];
  const places = [];
  const counted = new Set();
  for (const [text, wirePlaces] of wireLines) {
    wirePlaces.forEach(([start, body, anchor, section, number], i) => {
      const end = i + 1 < wirePlaces.length ? wirePlaces[i + 1][0] : text.length;
      places.push({ line: lines.length, start, body, end, anchor, section: sections[section], number: number || null });
      if (!counted.has(anchor)) {
        counted.add(anchor);
        sections[section].passages += 1;
      }
    });
    lines.push(text);
  }
  return {
    id, url, title, issuer, issuerKind, lineage, year, date, sections, lines, places,
    planes: { loose: null, strict: null },
  };
}

/** @param {IndexedReport} report @param {boolean} strict @returns {Plane} */
export function planeOf(report, strict) {
  const name = strict ? "strict" : "loose";
  if (!report.planes[name]) {
    report.planes[name] = foldLines(report, strict);
  }
  return report.planes[name];
}

/** @param {IndexedReport} report @param {boolean} strict @returns {Plane} */
function foldLines({ lines, places }, strict) {
  const starts = new Uint32Array(places.length);
  const bodies = new Uint32Array(places.length);
  const folded = [];
  let base = 0;
  let next = 0;
  lines.forEach((line, index) => {
    const { text, from } = fold(line, { keepMarks: strict });
    for (; next < places.length && places[next].line === index; next += 1) {
      starts[next] = base + firstAtOrAfter(from, places[next].start);
      bodies[next] = base + firstAtOrAfter(from, places[next].body);
    }
    folded.push(text);
    base += text.length + 1;
  });
  return { text: folded.join("\n"), starts, bodies };
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
 * Where a phrase begins in a report.
 *
 * @param {IndexedReport} report
 * @param {Pick<Phrase, "strict" | "folded">} phrase
 * @returns {{place: number, inHeading: boolean}[]} in the order of the text
 */
function hitsOf(report, phrase) {
  const plane = planeOf(report, phrase.strict);
  let place = 0;
  return occurrencesOf(plane.text, phrase.folded).map((at) => {
    while (place + 1 < plane.starts.length && plane.starts[place + 1] <= at) {
      place += 1;
    }
    return { place, inHeading: at < plane.bodies[place] };
  });
}

/**
 * The passages of a report that answer a query, in the order of the text.
 *
 * All phrases must occur in one line and no exclusion may; the answer is the passage in which
 * the first phrase begins. A passage of several lines (a table) is one answer however many of
 * its lines match. A query without phrases is answered by every passage.
 *
 * @param {IndexedReport} report
 * @param {Query} query its narrowings are not looked at here
 * @returns {Answer[]}
 */
export function answersIn(report, query) {
  const hits = [];
  for (const phrase of query.phrases) {
    const found = hitsOf(report, phrase);
    if (!found.length) {
      return [];
    }
    hits.push(found);
  }
  const lineOf = ({ place }) => report.places[place].line;
  const holds = hits.map((found) => new Set(found.map(lineOf)));
  const refuses = query.exclusions.map((phrase) => new Set(hitsOf(report, phrase).map(lineOf)));
  const admits = (line) => holds.every((lines) => lines.has(line)) && !refuses.some((lines) => lines.has(line));

  /** @type {Map<string, Answer>} by anchor */
  const answers = new Map();
  const first = hits.length ? hits[0] : report.places.map((_, place) => ({ place, inHeading: false }));
  for (const hit of first) {
    const { anchor } = report.places[hit.place];
    if (!answers.has(anchor) && admits(lineOf(hit))) {
      answers.set(anchor, { report, place: hit.place, occurrences: 0, inHeading: false, whole: false });
    }
  }
  if (!answers.size) {
    return [];
  }
  for (const hit of hits.flat()) {
    const answer = answers.get(report.places[hit.place].anchor);
    if (answer && admits(lineOf(hit))) {
      answer.occurrences += 1;
      answer.inHeading = answer.inHeading || hit.inHeading;
    }
  }
  if (query.phrases.length > 1) {
    const folded = query.phrases.map((phrase) => fold(phrase.text).text).join("");
    for (const hit of folded ? hitsOf(report, { strict: false, folded }) : []) {
      const answer = answers.get(report.places[hit.place].anchor);
      if (answer) {
        answer.whole = true;
      }
    }
  }
  return [...answers.values()];
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
