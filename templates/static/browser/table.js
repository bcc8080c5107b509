/**
 * The table of a segment: what is known of its reports, and which numbers their places have.
 * The form is written down in src/govreport_site/search/segments.py.
 */

import { KIND_VALUES } from "./kinds.js";
import { frontDecoded, lastNotAfter, numbersOf, summed, unsigned } from "./numbers.js";

/** Groups of places begin at multiples of it: their lengths are written in eights. */
export const ROUND = 8;

/**
 * A run of places of one kind in one report. How many places there are, and how many passages begin
 * there, a segment knows once its counts are ready; till then they are 0.
 *
 * @typedef {{start: number, room: number, report: number, kind: number, places: number, passages: number}} Group
 */

/**
 * @typedef {object} Table
 * @property {import("./facets.js").About[]} abouts of each report
 * @property {Group[]} groups rising by start
 * @property {Map<number, number | null>} joined places within a line; their kind, null for their group's
 * @property {[number, number][]} continuing places that continue a passage; how far back it begins
 * @property {string[]} marks that have a list
 */

/** @param {Array} wire @returns {Table} */
export function decodeTable(wire) {
  const [codes, names, ways, placesOf, values, kindNames, issuerTexts, kindsOfTexts, issuers, issuersOf, yearsOf,
    firstYear, lengths, sortsOf, joined, continuing, marks] = wire;
  const lineages = lineagesOf(frontDecoded(codes), names.split("\n"), numbersOf(ways));
  const kinds = values.split("\n").map((value, i) => [value, kindNames.split("\n")[i]]);
  const texts = issuerTexts.split("\n");
  const kindOf = numbersOf(kindsOfTexts);
  const issuer = numbersOf(issuers);
  const issuerOf = stepped(issuersOf);
  const years = numbersOf(yearsOf);
  const abouts = stepped(placesOf).map((place, i) => {
    const lineage = place ? lineages[place - 1] : [];
    const year = years[i] ? firstYear + years[i] - 1 : null;
    if (!issuerOf[i]) {
      return { lineage, issuerKind: null, issuer: null, year };
    }
    const form = issuer[issuerOf[i] - 1] % 3;
    const text = (issuer[issuerOf[i] - 1] - form) / 3;
    return {
      lineage,
      issuerKind: kindOf[text] ? kinds[kindOf[text] - 1] : null,
      issuer: form ? (form === 2 ? lineage[lineage.length - 1][1] : "") + texts[text] : null,
      year,
    };
  });
  const [joinedIds, joinedKinds] = joined.map(numbersOf);
  const [starts, back, runs] = continuing.map(numbersOf);
  return {
    abouts,
    groups: groupsOf(numbersOf(lengths), numbersOf(sortsOf)),
    joined: new Map(summed(joinedIds).map((id, i) => [id, joinedKinds[i] ? joinedKinds[i] - 1 : null])),
    continuing: summed(starts).flatMap((start, i) =>
      Array.from({ length: runs[i] }, (_, step) => [start + step, back[i] + step])),
    marks: marks ? marks.split("\n") : [],
  };
}

/** Of each place itself and all it lies in, from the province down. @returns {[string, string][][]} */
function lineagesOf(codes, names, ways) {
  const lineages = [];
  let way = [];
  ways.forEach((shared, i) => {
    way = shared <= way.length ? way.slice(0, shared) : [shared - way.length - 2];
    lineages.push([...(way.length ? lineages[way[way.length - 1]] : []), [codes[i], names[i]]]);
    way.push(i);
  });
  return lineages;
}

/** @param {number[]} lengths in eights, of each kind of each sort @param {number[]} sorts of reports @returns {Group[]} */
function groupsOf(lengths, sorts) {
  const groups = [];
  let start = 0;
  sorts.forEach((sort, report) => {
    for (let kind = 0; kind < KIND_VALUES.length; kind += 1) {
      const length = lengths[sort * KIND_VALUES.length + kind];
      if (length) {
        groups.push({ start, room: length * ROUND, report, kind, places: 0, passages: 0 });
        start += length * ROUND;
      }
    }
  });
  return groups;
}

/**
 * Tells each group how many places it has, and how many passages begin there.
 *
 * @param {Table} table its groups are changed
 * @param {number[][]} short by kind, of each report: what its group lacks to its length
 */
export function tellCounts({ groups, continuing }, short) {
  for (const group of groups) {
    group.places = group.room - short[group.kind][group.report];
    group.passages = group.places;
  }
  for (const [id] of continuing) {
    groups[groupAt(groups, id)].passages -= 1;
  }
}

/** Where the group of a place stands among the groups. @param {Group[]} groups @param {number} id @returns {number} */
export function groupAt(groups, id) {
  return lastNotAfter(groups, id, ({ start }) => start);
}

function stepped(text) {
  return summed(numbersOf(text).map(unsigned));
}
