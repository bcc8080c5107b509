/**
 * `window.govreport.search`: a query and options in, a promise of the answers out.
 *
 * Exact: a passage is an answer when its line, folded, holds every phrase of the query, folded.
 * The order is fully settled, and does not depend on how the index is put together, so the same
 * question always gives the same list.
 *
 *     phrases ─ found in each segment ─ lines that hold all ─ passages ─┬─ facets
 *                                                                       └─ the best, with their text
 */

import { FacetCounts, TOPIC, missesAtMostOne, missesOfKind, missesOfReport, queryAdmitsKind, queryAdmitsReport, readFilters } from "./facets.js";
import { only } from "./found.js";
import { KIND_VALUES } from "./kinds.js";
import { marksIn } from "./lines.js";
import { fold } from "./normalise.js";
import { asksSomething, parseQuery, wordsAsTyped } from "./query.js";
import { idfOf, scoreOf, valueOf } from "./scoring.js";
import { topicName } from "./topics.js";

/** @typedef {import("./segment.js").Segment} Segment */
/** @typedef {import("./found.js").Found} Found */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./facets.js").FacetValue} FacetValue */

/**
 * Strings as in the address; several values by comma.
 *
 * @typedef {object} Options
 * @property {string} [kind] “problems,plans”
 * @property {string} [place] a code; everything below it too
 * @property {string} [year] “2020-2025”
 * @property {string} [issuer_kind]
 * @property {string} [issuer] the whole name
 * @property {string} [topic]
 * @property {string} [sort] “relevance” (default), “date” or “place”
 * @property {string | number} [limit] 20 when not given
 * @property {string | number} [offset]
 */

/**
 * @typedef {object} Hit
 * @property {{id: string, title: string, url: string, issuer: string | null, place: string | null,
 *   places: string[], year: number | null, date: string | null}} report `url` leads there from the asking page
 * @property {string} passage id on the report's page
 * @property {string} url leads to the passage, marks shown, from the asking page
 * @property {string} heading the path in one line
 * @property {string[]} path headings from the top
 * @property {string | null} kind
 * @property {number | null} number as in the margin of the report's page
 * @property {string} text the whole line, as published
 * @property {[number, number][]} marks every occurrence in `text`, in its UTF-16 units; may overlap
 * @property {[number, number, number]} span where the passage begins in `text`, where its run-in
 *   heading is over, and where the passage ends
 * @property {number} occurrences in the passage
 */

/**
 * @typedef {object} Result
 * @property {number} total passages that answer
 * @property {number} occurrences of all phrases in them
 * @property {Hit[]} hits
 * @property {Record<string, FacetValue[]>} facets
 * @property {{files: number, bring: () => Promise<FacetValue[]>} | null} topics what the facet of topics holds, where
 *   files have to be brought first, and how many; null: it is there
 * @property {{reports: number, passages: number}} searched what was looked through within the choice
 */

/**
 * The answers of a segment: arrays of one length, in the order of its places.
 *
 * @typedef {object} Answers
 * @property {number[]} places of each the place where the first phrase begins for the first time
 * @property {number[]} reports
 * @property {number[]} times how often all phrases occur, in lines of the passage that hold all of them
 * @property {number[]} scores
 */

/**
 * One of the first answers.
 *
 * @typedef {object} Answer
 * @property {Segment} segment
 * @property {number} report
 * @property {number} place
 * @property {number} occurrences
 * @property {number} key what it is sorted by, the highest first
 * @property {string} [address] where only that tells it from another
 */

/** Several words side by side, as typed, count as so many words more. */
const WHOLE = 2;

/**
 * @param {() => Promise<Segment[]>} open the index; asked for with the first question
 * @param {string} root relative address of the site's root: “../”
 * @returns {(query: string, options?: Options) => Promise<Result>}
 */
export function createSearch(open, root) {
  return async function search(text, options = {}) {
    const query = parseQuery(String(text));
    const filters = readFilters(options);
    const counts = new FacetCounts();
    const searched = { reports: 0, passages: 0 };
    const offset = countOf(options.offset, 0);
    const wanted = offset + countOf(options.limit, 20);
    let total = 0;
    let occurrences = 0;
    /** @type {Answer[]} */
    let best = [];
    /** @type {Result["topics"]} */
    let topics = null;
    if (asksSomething(query)) {
      const segments = await open();
      // Who asks for words and narrows nothing need not know how many places there are of each kind.
      const isPlain = query.phrases.length > 0 && !query.narrowings.length && !filters.size;
      const found = await Promise.all(segments.map(async (segment) => {
        const [here, within] = await Promise.all([
          findIn(segment, query), filters.has("topic") ? segment.within(filters.get("topic")) : null,
          isPlain ? null : segment.readyCounts(),
        ]);
        return { ...here, within };
      }));
      const rarities = raritiesOf(segments, found, query.phrases.length);
      const answers = segments.map((segment, i) => {
        const admitted = admission(segment, query, filters);
        if (isPlain) {
          searched.reports += segment.live.reports;
          searched.passages += segment.live.passages;
        } else {
          countSearched(segment, admitted, found[i].within, searched);
        }
        return gather(segment, found[i], rarities, admitted, counts);
      });
      for (const { places, times } of answers) {
        total += places.length;
        occurrences += times.reduce((sum, count) => sum + count, 0);
      }
      best = await bestOf(segments, answers, options.sort, wanted);
      topics = topicsOf(segments, found, rarities, query, filters);
    }
    const facets = topics ? { ...counts.result(), topic: onlyTopic(filters, total) } : counts.result();
    return { total, occurrences, hits: await hitsOf(best.slice(offset), query, root), facets, topics, searched };
  };
}

/** @param {string | number | undefined} value @param {number} otherwise @returns {number} */
function countOf(value, otherwise) {
  return /^\d+$/.test(String(value)) ? Number(value) : otherwise;
}

// --- what is found

/**
 * What a segment has of a query.
 *
 * @typedef {object} FoundIn
 * @property {Found[]} phrases each, where its line holds all of them and nothing that is excluded
 * @property {number[]} counts places that hold each phrase, whatever else stands there
 * @property {Set<number> | null} whole places where several words stand side by side, as typed
 * @property {Set<number>} refused lines that hold an exclusion
 * @property {((place: number) => boolean) | null} within whether a place has a chosen topic; null: none is chosen
 */

/** @param {Segment} segment @param {Query} query @returns {Promise<Omit<FoundIn, "within">>} */
async function findIn(segment, query) {
  const ready = segment.ready();
  const { phrases, exclusions } = query;
  const folded = phrases.length > 1 ? fold(phrases.map((phrase) => phrase.text).join("")).text : "";
  const [found, refused, whole] = await Promise.all([
    Promise.all(phrases.map((phrase) => segment.find(phrase))),
    Promise.all(exclusions.map((phrase) => segment.find(phrase))),
    folded ? segment.find({ strict: false, folded }) : null,
  ]);
  const counts = found.map(({ ids }) => ids.length);
  const refuses = new Set(refused.flatMap(({ ids }) => ids.map(segment.lineOf)));
  if (found.length + refused.length > 1) {
    const holds = found.map(({ ids }) => new Set(ids.map(segment.lineOf)));
    const admits = (id) => {
      const line = segment.lineOf(id);
      return holds.every((lines) => lines.has(line)) && !refuses.has(line);
    };
    return {
      phrases: found.map((each) => only(each, admits)), counts, whole: whole && new Set(whole.ids), refused: refuses,
    };
  }
  return { phrases: found, counts, whole: null, refused: refuses };
}

/** How rare each phrase is in the whole index. */
function raritiesOf(segments, found, phrases) {
  const places = segments.reduce((sum, segment) => sum + segment.live.places, 0);
  return Array.from({ length: phrases }, (_, i) => idfOf(found.reduce((sum, { counts }) => sum + counts[i], 0), places));
}

// --- what is admitted

const OUT = 0xff;
const UNKNOWN = 0xfe;

/**
 * What may count: the facets whose choice a group's report fails (`ofReport`), and with a
 * kind (`of`), there at most one; or OUT. Most questions meet few reports: each is judged when it is met.
 *
 * @param {Segment} segment
 * @param {Query} query
 * @param {import("./facets.js").Filters} filters
 */
function admission(segment, query, filters) {
  const { groups } = segment;
  const ofKind = KIND_VALUES.map((_, kind) => (queryAdmitsKind(query, kind) ? missesOfKind(filters, kind) : OUT));
  const known = new Uint8Array(groups.length ? groups[groups.length - 1].report + 1 : 0).fill(UNKNOWN);
  const ofReport = (group) => {
    const { report } = groups[group];
    if (known[report] === UNKNOWN) {
      const about = segment.about(report);
      known[report] = segment.isGone(report) || !queryAdmitsReport(query, about) ? OUT : missesOfReport(filters, about);
    }
    return known[report];
  };
  return {
    ofReport,
    of(group, kind) {
      const all = ofReport(group) | ofKind[kind];
      return missesAtMostOne(all) ? all : OUT;
    },
  };
}

/** Counts the reports and passages that were looked through within the choice. */
function countSearched(segment, admitted, within, searched) {
  let report = -1;
  segment.groups.forEach((group, i) => {
    if (group.report !== report) {
      report = group.report;
      searched.reports += admitted.ofReport(i) === 0 ? 1 : 0;
    }
    if (admitted.of(i, group.kind) !== 0) {
      return;
    }
    if (!within) {
      searched.passages += group.passages;
      return;
    }
    for (let id = group.start; id < group.start + group.places; id += 1) {
      searched.passages += segment.passageOf(id) === id && within(id) ? 1 : 0;
    }
  });
}

/** @type {WeakMap<Segment, Int32Array>} megabytes, all zero between two gatherings */
const slotsOf = new WeakMap();

/**
 * Makes answers of what was found, and counts them for the facets.
 *
 * @returns {Answers}
 */
function gather(segment, found, rarities, admitted, counts) {
  const { groups } = segment;
  /** @type {Answers} */
  const answers = { places: [], reports: [], times: [], scores: [] };
  // For each passage that was met, by its first place: 1 when it does not count, else 2 + its number.
  const slots = slotsOf.get(segment) || new Int32Array(segment.room);
  slotsOf.set(segment, slots);
  let group = 0;
  // Answers of one group come one after another, and count for the same values.
  let inGroup = 0;
  const leaveGroup = () => {
    if (inGroup) {
      counts.add(segment.about(groups[group].report), groups[group].kind, 0, inGroup);
      inGroup = 0;
    }
  };
  const take = (id) => {
    const passage = segment.passageOf(id);
    if (slots[passage]) {
      return;
    }
    if (group + 1 < groups.length && groups[group + 1].start <= id) {
      leaveGroup();
      do {
        group += 1;
      } while (group + 1 < groups.length && groups[group + 1].start <= id);
    }
    const own = segment.kindOf(id);
    const topics = segment.topicsOf(id);
    const misses = admitted.of(group, own === null ? groups[group].kind : own)
      | (found.within && !found.within(id) ? TOPIC : 0);
    slots[passage] = 1;
    if (!missesAtMostOne(misses)) {
      return;
    }
    if (topics.length) {
      counts.addTopics(topics, misses);
    }
    if (misses === 0) {
      slots[passage] = answers.places.length + 2;
      answers.places.push(id);
      answers.reports.push(groups[group].report);
      answers.times.push(0);
      answers.scores.push(0);
    }
    if (misses === 0 && own === null) {
      inGroup += 1;
    } else {
      counts.add(segment.about(groups[group].report), own === null ? groups[group].kind : own, misses, 1);
    }
  };
  const [first] = found.phrases;
  if (first) {
    first.ids.forEach(take);
  } else {
    groups.forEach(({ start, places, kind }, i) => {
      if (admitted.ofReport(i) === OUT) {
        return;
      }
      const isOut = admitted.of(i, kind) === OUT;
      for (let id = start; id < start + places; id += 1) {
        // A place that does not begin its line may be of another kind than its group.
        if (!(isOut && segment.kindOf(id) === null) && !found.refused.has(segment.lineOf(id))) {
          take(id);
        }
      }
    });
  }
  leaveGroup();
  weigh(segment, found, rarities, slots, answers);
  if (first) {
    for (const id of first.ids) {
      slots[segment.passageOf(id)] = 0;
    }
  } else {
    slots.fill(0);
  }
  return answers;
}

/** Before topics are counted: where one is chosen, all answers have it. @returns {FacetValue[]} */
function onlyTopic(filters, total) {
  const chosen = filters.get("topic") || [];
  return chosen.length === 1 ? [{ value: chosen[0], label: topicName(chosen[0]), count: total, depth: 0 }] : [];
}

/**
 * The facet of topics, where files have to be brought for it: those that hold topics of what is found.
 *
 * @returns {Result["topics"]}
 */
function topicsOf(segments, found, rarities, query, filters) {
  const met = found.map(({ phrases }) => (phrases.length ? phrases[0].ids : null));
  const files = segments.reduce((sum, segment, i) => sum + segment.topicFiles(met[i]), 0);
  return files ? {
    files,
    async bring() {
      await Promise.all(segments.map((segment, i) => segment.readyTopics(met[i])));
      const counts = new FacetCounts();
      segments.forEach((segment, i) => {
        gather(segment, found[i], rarities, admission(segment, query, filters), counts);
      });
      return counts.topicTree();
    },
  } : null;
}

/** Sets times and scores. */
function weigh(segment, { phrases, whole }, rarities, slots, { places, times, scores }) {
  phrases.forEach((found, phrase) => {
    const values = new Float64Array(places.length);
    const { ids } = found;
    for (let i = 0; i < ids.length; i += 1) {
      const slot = slots[segment.passageOf(ids[i])] - 2;
      if (slot >= 0) {
        times[slot] += found.times[i];
        values[slot] += valueOf(found.cells[i]);
      }
    }
    for (let slot = 0; slot < values.length; slot += 1) {
      scores[slot] += scoreOf(rarities[phrase], values[slot]);
    }
  });
  if (whole) {
    const bonus = rarities.reduce((sum, rarity) => sum + rarity, 0) * WHOLE;
    for (const passage of new Set([...whole].map(segment.passageOf))) {
      if (slots[passage] > 1) {
        scores[slots[passage] - 2] += bonus;
      }
    }
  }
}

// --- which come first

/** Scores that differ by less than people could tell are the same. */
const GRAIN = 1024;

/**
 * The first of all answers, in order.
 *
 * @param {Segment[]} segments
 * @param {Answers[]} answers of each
 * @param {string | undefined} sort
 * @param {number} wanted
 * @returns {Promise<Answer[]>}
 */
async function bestOf(segments, answers, sort, wanted) {
  const best = [];
  if (wanted) {
    await Promise.all(segments.map(async (segment, i) => {
      const { places, reports, times } = answers[i];
      const keys = await keysOf(segment, answers[i], sort);
      for (const at of firstOf(keys, wanted)) {
        best.push({ segment, report: reports[at], place: places[at], occurrences: times[at], key: keys[at] });
      }
    }));
  }
  if (segments.length > 1) {
    await setAddresses(rivalsIn(best));
  }
  return best.sort((a, b) => b.key - a.key || compareStanding(a, b)).slice(0, wanted);
}

/** What answers are sorted by, the highest first; of equals the one that stands first comes first. */
async function keysOf(segment, { reports, scores }, sort) {
  if (sort === "place") {
    return new Float64Array(reports.length);
  }
  if (sort === "date") {
    const dates = (await segment.dates()).map((date) => Number((date || "0").replace(/-/g, "")));
    return Float64Array.from(reports, (report) => dates[report]);
  }
  const keys = new Float64Array(reports.length);
  for (let i = 0; i < keys.length; i += 1) {
    keys[i] = Math.round(scores[i] * GRAIN) * 0x2000 + (segment.about(reports[i]).year || 0);
  }
  return keys;
}

/** Numbers of the highest keys, of equals the first ones. @returns {number[]} */
function firstOf(keys, wanted) {
  const chosen = [];
  if (wanted >= keys.length) {
    for (let at = 0; at < keys.length; at += 1) {
      chosen.push(at);
    }
    return chosen;
  }
  let least = -Infinity;
  for (let at = 0; at < keys.length; at += 1) {
    if (chosen.length < wanted || keys[at] > least) {
      let low = 0;
      let high = chosen.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (keys[chosen[middle]] >= keys[at]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      chosen.splice(low, 0, at);
      if (chosen.length > wanted) {
        chosen.pop();
      }
      least = keys[chosen[chosen.length - 1]];
    }
  }
  return chosen;
}

/**
 * Compares by code units, never by the browser's language: everyone sees the same order.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function compareText(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** @param {Answer} answer @returns {string} codes from the province down; “~” comes after every code */
function codesOf({ segment, report }) {
  return segment.about(report).lineage.map(([code]) => code).join(" ") || "~";
}

/** By place from the province down, issuer, year, newest first: the last word wherever answers are otherwise alike. */
function compareStanding(a, b) {
  if (a.segment === b.segment) {
    return a.place - b.place;
  }
  const [one, other] = [a, b].map(({ segment, report }) => segment.about(report));
  return compareText(codesOf(a), codesOf(b)) || compareText(one.issuer || "", other.issuer || "")
    || (other.year || 0) - (one.year || 0) || compareText(a.address || "", b.address || "");
}

/** Answers that stand in different segments, and that only their reports' addresses tell apart. */
function rivalsIn(best) {
  const segmentsOf = new Map();
  const nameOf = (answer) => {
    const { issuer, year } = answer.segment.about(answer.report);
    return [codesOf(answer), issuer, year].join("\n");
  };
  for (const answer of best) {
    const name = nameOf(answer);
    segmentsOf.set(name, (segmentsOf.get(name) || new Set()).add(answer.segment));
  }
  return best.filter((answer) => segmentsOf.get(nameOf(answer)).size > 1);
}

/** @param {Answer[]} answers */
async function setAddresses(answers) {
  await eachSegment(answers, async (segment, own) => {
    (await segment.standings(own.map(({ place }) => place))).forEach(({ report }, i) => {
      own[i].address = report.id;
    });
  });
}

/** Calls with each segment and its own answers. */
async function eachSegment(answers, work) {
  const bySegment = new Map();
  for (const answer of answers) {
    bySegment.set(answer.segment, bySegment.get(answer.segment) || []);
    bySegment.get(answer.segment).push(answer);
  }
  await Promise.all([...bySegment].map(([segment, own]) => work(segment, own)));
}

// --- what is shown

/** @param {Answer[]} answers @param {Query} query @param {string} root @returns {Promise<Hit[]>} */
async function hitsOf(answers, query, root) {
  const standings = new Map();
  await eachSegment(answers, async (segment, own) => {
    (await segment.standings(own.map(({ place }) => place))).forEach((standing, i) => standings.set(own[i], standing));
  });
  const words = wordsAsTyped(query);
  const asked = words ? `?${new URLSearchParams({ q: words })}` : "";
  return answers.map((answer) => hitOf(answer, standings.get(answer), query, root, asked));
}

/** @returns {Hit} */
function hitOf(answer, { report, line, place }, query, root, asked) {
  const { start, body, end, anchor, section, number } = place;
  const page = root + report.url;
  return {
    report: {
      id: report.id,
      title: report.title,
      url: page,
      issuer: report.issuer,
      place: report.lineage.length ? report.lineage[report.lineage.length - 1][0] : null,
      places: report.lineage.map(([, name]) => name),
      year: report.year,
      date: report.date,
    },
    passage: anchor,
    url: page + asked + (anchor ? `#${encodeURIComponent(anchor)}` : ""),
    heading: section.path.join(" › "),
    path: section.path,
    kind: section.kind,
    number,
    text: line.text,
    marks: marksIn(line.text, query.phrases),
    span: [start, body, end],
    occurrences: answer.occurrences,
  };
}
