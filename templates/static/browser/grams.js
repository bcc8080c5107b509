/**
 * One file of grams: letters looked for, places found.
 * Twin: src/govreport_site/search/grams.py, where files and codes are written down.
 */

import { BitReader } from "./bits.js";

const LEAF = 0;
const END = 2;
const ALL = 3;
const UP = [1, 0, 2];
const OWN = [1, 2, 0];
const LEVELS = [1, 0, 2, 3, 4];
const CELLS = [1, 0, 2];

/**
 * What files say of some letters, gathered file by file.
 *
 * @typedef {object} Finding
 * @property {number[]} ids places, rising; of suffixes one each, of `whole` once each
 * @property {number[]} values levels of the suffixes; of `whole` cells
 * @property {number[]} times of `whole` how often
 * @property {boolean} whole the letters have an ALL
 * @property {boolean} open the places only may hold the letters: their text must be asked
 * @property {boolean} done no further file has more
 */

/** @returns {Finding} */
export function noFinding() {
  return { ids: [], values: [], times: [], whole: false, open: false, done: false };
}

/**
 * Looks through one file.
 *
 * @param {[number, string, string]} file how many entries, their letters and bits
 * @param {string} wanted
 * @param {number} room of the segment
 * @param {Finding} finding is added to
 */
export function lookThrough([entries, letters, bits], wanted, room, finding) {
  const reader = new BitReader(bits);
  let gram = "";
  let at = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    const type = reader.take(1) ? 2 + reader.take(1) : LEAF;
    const up = inOrder(UP, reader.rice(0));
    const own = inOrder(OWN, reader.rice(0));
    gram = gram.slice(0, gram.length - up) + letters.slice(at, at + own);
    at += own;
    const count = reader.gamma();
    const holds = gram.startsWith(wanted);
    const leads = type === LEAF && !holds && wanted.startsWith(gram);
    if (holds && type === ALL) {
      finding.ids = [];
      finding.values = [];
      finding.whole = true;
      finding.done = true;
      readList(reader, type, gram, count, room, finding);
      return;
    }
    if (leads) {
      finding.open = true;
    }
    readList(reader, type, gram, count, room, holds || leads ? finding : null);
    if (!holds && gram > wanted) {
      finding.done = true;
      return;
    }
  }
}

/** @param {number[]} order @param {number} place @returns {number} */
function inOrder(order, place) {
  return place < order.length ? order[place] : place;
}

/** @param {BitReader} reader @param {Finding | null} finding null: only to be passed over */
function readList(reader, type, gram, count, room, finding) {
  const parameter = Math.max(0, 31 - Math.clz32(Math.floor((room * 69) / (100 * count))));
  let place = 0;
  for (let i = 0; i < count; i += 1) {
    place += reader.rice(parameter);
    const isWeighed = type !== ALL || gram.length > 1;
    const value = isWeighed ? inOrder(type === ALL ? CELLS : LEVELS, reader.rice(0)) : 0;
    const times = type === ALL ? reader.gamma() : 1;
    if (finding) {
      finding.ids.push(place);
      finding.values.push(value);
      if (type === ALL) {
        finding.times.push(times);
      }
    }
  }
}
