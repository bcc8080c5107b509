/**
 * A segment of sorted grams: what is asked of it is brought file by file.
 * The form is written down in src/govreport_site/search/segments.py. Read on in grams.js.
 */

import { Gathering, merged, only } from "./found.js";
import { lookThrough, noFinding } from "./grams.js";
import { decodeReport, standingsIn } from "./lines.js";
import { frontDecoded, lastNotAfter, numbersOf, summed } from "./numbers.js";
import { isJoining } from "./normalise.js";
import { TEXT, cellOf, weightOf } from "./scoring.js";
import { ROUND, decodeTable, groupAt, tellCounts } from "./table.js";
import { decodeTopics, isWithinTopic } from "./topics.js";
import { inTurns, once } from "./turns.js";

/** @typedef {import("./found.js").Found} Found */
/** @typedef {import("./query.js").Phrase} Phrase */

/** @typedef {import("./table.js").Group} Group */

/**
 * A place with the text it stands in.
 *
 * @typedef {{report: import("./lines.js").Report, line: import("./lines.js").Line, place: import("./lines.js").Place}} Standing
 */

/**
 * What every segment offers. Places and reports are numbered from 0, with gaps among places; those of
 * one report and kind follow one another.
 *
 * @typedef {object} Segment
 * @property {() => Promise<void>} ready what follows may be asked; `find` waits by itself
 * @property {number} room all numbers of places are below it
 * @property {{reports: number, places: number, passages: number}} live of what is not struck out
 * @property {() => Promise<void>} readyCounts until then no group knows how many places and passages it has
 * @property {Group[]} groups rising by start
 * @property {(report: number) => {issuer: string | null, issuerKind: [string, string] | null,
 *   lineage: [string, string][], year: number | null}} about
 * @property {(report: number) => boolean} isGone struck out: none of its places counts
 * @property {(place: number) => number} lineOf the first place of its line
 * @property {(place: number) => number} passageOf the first place of its passage
 * @property {(place: number) => number | null} kindOf its kind, null for its group's
 * @property {(chosen: string[]) => Promise<(place: number) => boolean>} within whether a place has one of some topics,
 *   or a part of one
 * @property {(places: number[] | null) => number} topicFiles how many must be brought to know the topics of these
 *   places, or of all
 * @property {(places: number[] | null) => Promise<void>} readyTopics until then they have none
 * @property {(place: number) => string[]} topicsOf the same array for the same topics
 * @property {(phrase: Phrase) => Promise<Found>} find
 * @property {(places: number[]) => Promise<Standing[]>} standings
 * @property {() => Promise<(string | null)[]>} dates of each report
 * @property {() => Promise<string[]>} addresses of each report
 */

/** @type {string[]} */
const NONE = [];

/** Numbers of places whose topics stand in one file; its twin is in segments.py. */
const TOPIC_ROOM = 8192;

/** Of a phrase in quotes so many lines are read: as many as a page shows. */
const MOST_LINES = 20;

/** @type {Map<number, number>} */
const NO_LINES = new Map();

/** Of so many marks between two letters, or more, the index may not have all; its twin is in contribution.py. */
const MOST_MARKS = 8;

/** Half a pair at an end: the index does not know that it is half. */
const HALF = /^[\udc00-\udfff]|[\ud800-\udbff]$/;

/** The letters of a phrase in quotes, and the marks before each and behind the last. @param {string} folded */
function lettersAndRuns(folded) {
  let letters = "";
  const runs = [""];
  for (const letter of folded.split("")) {
    if (isJoining(letter)) {
      runs[letters.length] += letter;
    } else {
      letters += letter;
      runs.push("");
    }
  }
  return { letters, runs };
}

/** In the index U+0000 ends a line. @param {string} letters @returns {string} */
function asWritten(letters) {
  return letters.replace(/\0/g, "\uffff");
}

/**
 * A segment that may be asked at once; all but `find` only when it is ready.
 *
 * @param {Array} root the segment's line in the root
 * @param {(name: string) => Promise<any>} bring data of a file of the index
 * @returns {Segment}
 */
export function gramSegment([name, reports, places, passages, room, perBlock, gone, perPage, beginnings], bring) {
  const asked = new Map();
  /** A file of this segment, asked for once. */
  const file = (part) => {
    if (!asked.has(part)) {
      asked.set(part, once(() => bring(`${name}/${part}`)));
    }
    return asked.get(part)();
  };
  const firsts = beginnings.split("\n");
  const struck = new Set(summed(numbersOf(gone)));
  /** @type {ReturnType<typeof decodeTable>} */
  let table;
  // The first place of each place's line, and of its passage.
  const lines = new Int32Array(room);
  for (let id = 0; id < room; id += 1) {
    lines[id] = id;
  }
  const passageOf = lines.slice();
  const lineOf = (id) => lines[id];
  /** @type {Map<number, string[][]>} by number of their file */
  const topics = new Map();
  const isLive = (id) => !struck.size || !struck.has(table.groups[groupAt(table.groups, id)].report);
  const live = (found) => (struck.size ? only(found, isLive) : found);

  /** Reads the table: all who ask wait for the same. */
  const makeReady = once(async () => {
    table = decodeTable(await file("table"));
    for (const id of table.joined.keys()) {
      lines[id] = lines[id - 1];
    }
    for (const [id, back] of table.continuing) {
      passageOf[id] = id - back;
    }
    Object.assign(segment, { groups: table.groups });
  });

  const makeCountsReady = once(async () => {
    const [short] = await Promise.all([file("counts"), makeReady()]);
    tellCounts(table, short.map(numbersOf));
  });

  /** Numbers of the files that hold the topics of places, as far as they are not there yet; null: of all places. */
  function topicFilesOf(ids) {
    const numbers = new Set((ids || Array.from(lines.keys())).map((id) => Math.floor(id / TOPIC_ROOM)));
    return [...numbers].filter((number) => !topics.has(number));
  }

  async function makeTopicsReady(ids) {
    await inTurns(topicFilesOf(ids), async (number) => {
      topics.set(number, decodeTopics(await file(`c${number}`)));
    });
  }

  async function within(chosen) {
    const holds = new Uint8Array(room);
    const [names, numbers] = await file("topics");
    const filesOf = numbersOf(numbers);
    const wanted = names.split("\n").map((topic) => chosen.some((one) => isWithinTopic(topic, one)));
    await inTurns([...new Set(filesOf.filter((_, i) => wanted[i]))], async (number) => {
      const lists = await file(`k${number}`);
      const first = filesOf.indexOf(number);
      for (const list of lists.filter((_, i) => wanted[first + i])) {
        for (const id of summed(numbersOf(list))) {
          holds[id] = 1;
        }
      }
    });
    return (id) => holds[id] === 1;
  }

  /** Number of the file in which letters stand, or would stand. */
  async function fileOf(letters) {
    const at = lastNotAfter(firsts, letters);
    if (!perPage) {
      return at;
    }
    return at * perPage + lastNotAfter((await file(`d${at}`)).split("\n"), letters);
  }

  /** Whether what begins with these letters may go on in a file. */
  async function goesOn(number, letters) {
    if (!perPage) {
      return number < firsts.length && firsts[number].startsWith(letters);
    }
    const page = Math.floor(number / perPage);
    if (page >= firsts.length || (number % perPage === 0 && !firsts[page].startsWith(letters))) {
      return false;
    }
    const beginning = (await file(`d${page}`)).split("\n")[number % perPage];
    return beginning !== undefined && beginning.startsWith(letters);
  }

  /** @param {string} letters folded, without marks @returns {Promise<Found>} */
  async function findLetters(letters) {
    const wanted = asWritten(letters);
    const finding = noFinding();
    const ready = makeReady();
    for (let number = await fileOf(wanted); !finding.done; number += 1) {
      lookThrough(await file(`g${number}`), wanted, room, finding);
      if (!finding.done && !(await goesOn(number + 1, wanted))) {
        break;
      }
    }
    await ready;
    if (finding.open || HALF.test(wanted)) {
      const lines = [...new Set(finding.ids.map(lineOf))].sort((a, b) => a - b);
      return inText(lines.filter(isLive), { folded: letters, strict: false });
    }
    const { ids, values, times, whole } = finding;
    if (whole) {
      const cells = wanted.length === 1 ? times.map((count) => cellOf(count * weightOf(TEXT))) : values;
      return live({ ids, times, cells });
    }
    const gathering = new Gathering();
    ids.forEach((id, i) => gathering.add(id, 1, weightOf(wanted.length === 1 ? TEXT : values[i])));
    return live(gathering.found());
  }

  /**
   * A phrase in quotes. It is found without its marks; lines of which breaks do not say that marks stand
   * just where the phrase has them are seen in their text.
   */
  async function findStrict(phrase) {
    const { letters, runs } = lettersAndRuns(phrase.folded);
    const ends = new Set(runs[0] + runs[letters.length]);
    await makeReady();
    const [found, ...holding] = await Promise.all([...(letters ? [findLetters(letters)] : []), ...[...ends].map(holdersOf)]);
    const [first, ...others] = [found, ...holding].map(({ ids }) => new Set(ids.map(lineOf)));
    const lines = new Set([...first].filter((line) => isLive(line) && others.every((set) => set.has(line))));
    // Breaks know nothing of marks at an end, of pairs, and not all of many marks in a row.
    const isKnown = !ends.size && !/[\ud800-\udfff]/.test(letters) && runs.every(({ length }) => length < MOST_MARKS);
    const [refused, doubtful] = isKnown && lines.size > MOST_LINES ? await brokenIn(letters, runs, lines) : [new Set(), lines];
    const seen = await inText([...doubtful].sort((a, b) => a - b), phrase);
    const isSure = (line) => lines.has(line) && !refused.has(line) && !doubtful.has(line);
    return merged(only(found, (id) => isSure(lineOf(id))), seen);
  }

  /** Places that hold a mark. @returns {Promise<Found>} times and cells are left out */
  async function holdersOf(mark) {
    const ids = table.marks.includes(mark) ? summed(numbersOf(await file(`m${mark.codePointAt(0).toString(16)}`))) : [];
    return { ids, times: [], cells: [] };
  }

  /**
   * Of these lines, all of which have the letters, those that cannot have marks where a phrase has them, and those
   * that must be read: marks stand there once and do not stand there another time.
   *
   * @param {string} letters
   * @param {string[]} runs the marks before each letter and behind the last
   * @param {Set<number>} lines
   * @returns {Promise<[Set<number>, Set<number>]>}
   */
  async function brokenIn(letters, runs, lines) {
    const refused = new Set();
    const doubtful = new Set();
    await inTurns(Array.from(letters, (_, i) => i).slice(1), async (i) => {
      const pair = asWritten(letters.slice(i - 1, i + 1));
      const broken = await breaksOf(pair);
      const counts = new Map();
      broken.forEach((inRun) => inRun.forEach((times, line) => counts.set(line, (counts.get(line) || 0) + times)));
      if (!runs[i] && ![...counts.keys()].some((line) => lines.has(line))) {
        return;
      }
      const { ids, times } = await findLetters(pair);
      const all = new Map();
      ids.forEach((id, at) => all.set(lineOf(id), (all.get(lineOf(id)) || 0) + times[at]));
      for (const line of lines) {
        const wanted = runs[i] ? (broken.get(runs[i]) || NO_LINES).get(line) || 0 : all.get(line) - (counts.get(line) || 0);
        if (!wanted) {
          refused.add(line);
        } else if (wanted !== all.get(line)) {
          doubtful.add(line);
        }
      }
    });
    refused.forEach((line) => doubtful.delete(line));
    return [refused, doubtful];
  }

  /** Marks that stand between two letters → lines → how often. @returns {Promise<Map<string, Map<number, number>>>} */
  async function breaksOf(pair) {
    const [keys, lists] = await file(`b${lastNotAfter((await file("breaks")).split("\n"), pair)}`);
    const broken = new Map();
    const written = lists.split("\n");
    keys.split("\n").forEach((key, i) => {
      if (key.startsWith(pair)) {
        const times = new Map();
        summed(numbersOf(written[i])).forEach((line) => times.set(line, (times.get(line) || 0) + 1));
        broken.set(key.slice(2), times);
      }
    });
    return broken;
  }

  /** Looks for a phrase in the text of lines. @returns {Promise<Found>} */
  async function inText(lines, phrase) {
    const gathering = new Gathering();
    (await standings(lines)).forEach(({ line }, i) => {
      for (const { place, times, weight } of standingsIn(line, phrase)) {
        gathering.add(lines[i] + place, times, weight);
      }
    });
    return gathering.found();
  }

  /** @param {number[]} ids @returns {Promise<Standing[]>} */
  async function standings(ids) {
    const blockOf = (id) => Math.floor(lineOf(id) / perBlock);
    const texts = new Map();
    await inTurns([...new Set(ids.map(blockOf))], async (block) => {
      const [skip, ...parts] = await file(`t${block}`);
      texts.set(block, placesIn(parts, block * perBlock + skip));
    });
    return ids.map((id) => texts.get(blockOf(id)).get(id));
  }

  const segment = {
    ready: makeReady,
    room,
    live: { reports, places, passages },
    readyCounts: makeCountsReady,
    groups: [],
    about: (report) => table.abouts[report],
    isGone: (report) => struck.has(report),
    lineOf,
    passageOf: (id) => passageOf[id],
    kindOf: (id) => (table.joined.size && table.joined.has(id) ? table.joined.get(id) : null),
    within,
    topicFiles: (ids) => topicFilesOf(ids).length,
    readyTopics: makeTopicsReady,
    topicsOf(id) {
      const known = topics.get(Math.floor(id / TOPIC_ROOM));
      return known ? known[id % TOPIC_ROOM] : NONE;
    },
    find: (phrase) => (phrase.strict ? findStrict(phrase) : findLetters(phrase.folded)),
    standings,
    dates: async () => numbersOf(await file("dates")).map(dateOf),
    addresses: async () => frontDecoded(await file("addresses")),
  };
  return segment;
}

/** @param {number} days since 1900-01-01, 0 when unknown @returns {string | null} */
function dateOf(days) {
  return days ? new Date(Date.UTC(1900, 0, 1 + days)).toISOString().slice(0, 10) : null;
}

/**
 * The places of a block of text: up by one, and to the next multiple of `ROUND` where a report or a kind begins.
 *
 * @param {Array[]} parts of reports
 * @param {number} first number of them
 * @returns {Map<number, Standing>}
 */
function placesIn(parts, first) {
  const standings = new Map();
  let id = first;
  for (const report of parts.map(decodeReport)) {
    let kind;
    for (const line of report.lines) {
      if (line.places[0].section.kind !== kind) {
        ({ kind } = line.places[0].section);
        id = standings.size ? Math.ceil(id / ROUND) * ROUND : first;
      }
      for (const place of line.places) {
        standings.set(id, { report, line, place });
        id += 1;
      }
    }
  }
  return standings;
}
