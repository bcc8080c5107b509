/**
 * A segment of sorted grams: what is asked of it is brought file by file.
 * The form is written down in src/govreport_site/search/segments.py. Read on in grams.js.
 */

import { Gathering, only } from "./found.js";
import { lookThrough, noFinding } from "./grams.js";
import { decodeReport, standingsIn } from "./lines.js";
import { numbersOf, summed, unsigned } from "./numbers.js";
import { isJoining } from "./normalise.js";
import { TEXT, cellOf, weightOf } from "./scoring.js";
import { decodeTopics } from "./topics.js";
import { inTurns, once } from "./turns.js";

/** @typedef {import("./found.js").Found} Found */
/** @typedef {import("./query.js").Phrase} Phrase */

/**
 * A run of places of one kind in one report, and how many passages begin there.
 *
 * @typedef {{start: number, report: number, kind: number, passages: number}} Group
 */

/**
 * A place with the text it stands in.
 *
 * @typedef {{report: import("./lines.js").Report, line: import("./lines.js").Line, place: import("./lines.js").Place}} Standing
 */

/**
 * What every segment offers. Places and reports are numbered from 0; places of one report and
 * kind follow one another.
 *
 * @typedef {object} Segment
 * @property {() => Promise<void>} ready what follows may be asked; `find` waits by itself
 * @property {number} reports
 * @property {number} places
 * @property {Group[]} groups rising by start
 * @property {(report: number) => {issuer: string | null, issuerKind: [string, string] | null,
 *   lineage: [string, string][], year: number | null}} about
 * @property {(report: number) => boolean} isGone struck out: none of its places counts
 * @property {(place: number) => number} lineOf the first place of its line
 * @property {(place: number) => number} passageOf the first place of its passage
 * @property {(place: number) => number | null} kindOf its kind, null for its group's
 * @property {() => boolean} hasTopics whether topics are there already
 * @property {() => Promise<void>} readyTopics until then no place has any
 * @property {(place: number) => string[]} topicsOf the same array for the same topics
 * @property {(phrase: Phrase) => Promise<Found>} find
 * @property {(places: number[]) => Promise<Standing[]>} standings
 * @property {() => Promise<(string | null)[]>} dates of each report
 * @property {() => Promise<[string, string]>} addresses of each report, as the wire has them
 */

/** @type {string[]} */
const NONE = [];

/** Half a pair at an end: the index does not know that it is half. */
const HALF = /^[\udc00-\udfff]|[\ud800-\udbff]$/;

/**
 * A segment that may be asked at once; all but `find` only when it is ready.
 *
 * @param {Array} root the segment's line in the root
 * @param {(name: string) => Promise<any>} bring data of a file of the index
 * @returns {Segment}
 */
export function gramSegment([name, , places, gone, perPage, beginnings], bring) {
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
  const lines = Int32Array.from({ length: places }, (_, id) => id);
  const passages = lines.slice();
  const lineOf = (id) => lines[id];
  /** @type {string[][] | null} */
  let topics = null;
  const isLive = (id) => !struck.size || !struck.has(table.groups[groupAt(table.groups, id)].report);
  const live = (found) => (struck.size ? only(found, isLive) : found);

  /** Reads the table: all who ask wait for the same. */
  const makeReady = once(async () => {
    table = decodeTable(await file("table"));
    for (const id of table.joined.keys()) {
      lines[id] = lines[id - 1];
    }
    for (const [id, back] of table.continuing) {
      passages[id] = id - back;
    }
    Object.assign(segment, { reports: table.abouts.length, groups: table.groups });
  });

  const makeTopicsReady = once(async () => {
    topics = decodeTopics(await file("topics"));
  });

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
    const wanted = letters.replace(/\0/g, "\uffff");
    const finding = noFinding();
    const ready = makeReady();
    for (let number = await fileOf(wanted); !finding.done; number += 1) {
      lookThrough(await file(`g${number}`), wanted, places, finding);
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
   * A phrase whose marks count. Whatever of it has no mark stands in its line without marks too,
   * and each mark stands in some place of that line: what is left is seen in the text.
   */
  async function findStrict(phrase) {
    await makeReady();
    const isMark = (letter) => isJoining(letter) || letter === ".";
    const characters = Array.from(phrase.folded);
    // A line feed is a blank: nothing folded holds one.
    const runs = characters.map((c) => (isMark(c) ? "\n" : c)).join("").split("\n").filter(Boolean);
    const marks = [...new Set(characters.filter(isMark))];
    const lists = [
      ...runs.map(async (run) => (await findLetters(run)).ids),
      ...marks.map(async (mark) => {
        const joining = table.marks.includes(mark)
          ? summed(numbersOf(await file(`m${mark.codePointAt(0).toString(16)}`))) : [];
        return isJoining(mark) ? joining : [...joining, ...(await findLetters(mark)).ids];
      }),
    ];
    const lines = (await Promise.all(lists)).map((ids) => new Set(ids.map(lineOf)));
    const [first, ...others] = lines.sort((a, b) => a.size - b.size);
    const both = [...first].filter((line) => isLive(line) && others.every((set) => set.has(line)));
    return inText(both.sort((a, b) => a - b), phrase);
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
    const blocks = [...new Set(ids.map((id) => lastNotAfter(table.blocks, lineOf(id))))];
    const texts = new Map();
    await inTurns(blocks, async (block) => {
      const data = await file(`t${block}`);
      const report = decodeReport(data);
      const byPlace = [];
      for (const line of report.lines) {
        for (const place of line.places) {
          byPlace.push({ report, line, place });
        }
      }
      texts.set(block, byPlace);
    });
    return ids.map((id) => {
      const block = lastNotAfter(table.blocks, lineOf(id));
      return texts.get(block)[id - table.blocks[block]];
    });
  }

  const segment = {
    ready: makeReady,
    reports: 0,
    places,
    groups: [],
    about: (report) => table.abouts[report],
    isGone: (report) => struck.has(report),
    lineOf,
    passageOf: (id) => passages[id],
    kindOf: (id) => (table.joined.size && table.joined.has(id) ? table.joined.get(id) : null),
    hasTopics: () => topics !== null,
    readyTopics: makeTopicsReady,
    topicsOf: (id) => (topics ? topics[id] : NONE),
    find: (phrase) => (phrase.strict ? findStrict(phrase) : findLetters(phrase.folded)),
    standings,
    dates: async () => numbersOf(await file("dates")).map(dateOf),
    addresses: () => file("addresses"),
  };
  return segment;
}

/** @param {Array} wire @returns what gramSegment needs of it */
function decodeTable(wire) {
  const lines = (text) => (text ? text.split("\n") : []);
  const stepped = (text) => summed(numbersOf(text).map(unsigned));
  const codes = lines(wire[0]);
  const names = lines(wire[1]);
  const parents = numbersOf(wire[2]);
  const lineages = [];
  codes.forEach((code, i) => {
    lineages.push([...(parents[i] ? lineages[parents[i] - 1] : []), [code, names[i]]]);
  });
  const placeOf = stepped(wire[3]);
  const values = lines(wire[4]);
  const kindNames = lines(wire[5]);
  const kindOf = numbersOf(wire[6]);
  const issuerTexts = wire[7].split("\n");
  const issuers = numbersOf(wire[8]);
  const issuerOf = stepped(wire[9]);
  const years = stepped(wire[10]);
  const abouts = placeOf.map((place, i) => {
    const lineage = place ? lineages[place - 1] : [];
    const issuer = issuerOf[i] ? issuers[issuerOf[i] - 1] : null;
    const under = issuer !== null && issuer % 2 ? lineage[lineage.length - 1][1] : "";
    return {
      lineage,
      issuerKind: kindOf[i] ? [values[kindOf[i] - 1], kindNames[kindOf[i] - 1]] : null,
      issuer: issuer === null ? null : under + issuerTexts[issuer >> 1],
      year: years[i] || null,
    };
  });
  const counts = wire[11].map(numbersOf);
  const groups = [];
  const starts = [];
  let start = 0;
  abouts.forEach((_, report) => {
    starts.push(start);
    counts.forEach((ofKind, kind) => {
      if (ofKind[report]) {
        groups.push({ start, report, kind, passages: ofKind[report] });
        start += ofKind[report];
      }
    });
  });
  const [joinedIds, , joinedKinds] = wire[12].map(numbersOf);
  const [continuingIds, back] = wire[13].map(numbersOf);
  for (const id of summed(continuingIds)) {
    groups[groupAt(groups, id)].passages -= 1;
  }
  const blockCounts = numbersOf(wire[15]);
  const blockPlaces = numbersOf(wire[16]);
  const blocks = [];
  let next = 0;
  blockCounts.forEach((count, report) => {
    let at = starts[report];
    for (let block = 0; block < count; block += 1) {
      blocks.push(at);
      if (block + 1 < count) {
        at += blockPlaces[next];
        next += 1;
      }
    }
  });
  return {
    abouts,
    groups,
    joined: new Map(summed(joinedIds).map((id, i) => [id, joinedKinds[i] ? joinedKinds[i] - 1 : null])),
    continuing: new Map(continuingIds.map((id, i) => [id, back[i]])),
    marks: lines(wire[14]),
    blocks,
  };
}

/** @param {number} days since 1900-01-01, 0 when unknown @returns {string | null} */
function dateOf(days) {
  return days ? new Date(Date.UTC(1900, 0, 1 + days)).toISOString().slice(0, 10) : null;
}

/** The last of rising items that is not after one; 0 when all are. */
function lastNotAfter(rising, one) {
  let low = 0;
  let high = rising.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (rising[middle] <= one) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Where the group of a place stands among the groups. @param {Group[]} groups @param {number} id @returns {number} */
function groupAt(groups, id) {
  let low = 0;
  let high = groups.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (groups[middle].start <= id) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}
