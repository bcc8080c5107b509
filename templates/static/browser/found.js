/**
 * What a segment finds: places, each once, rising, with how often and with what weight. Pure.
 */

import { cellOf } from "./scoring.js";

/**
 * Arrays of one length.
 *
 * @typedef {object} Found
 * @property {number[]} ids places of the segment, rising
 * @property {number[]} times
 * @property {number[]} cells
 */

/** Gathers standings place by place; weights become cells at the end. */
export class Gathering {
  constructor() {
    /** @type {Map<number, {times: number, weight: number}>} */
    this.places = new Map();
  }

  /** @param {number} id @param {number} times @param {number} weight in sixteenths */
  add(id, times, weight) {
    const known = this.places.get(id);
    if (known) {
      known.times += times;
      known.weight += weight;
    } else {
      this.places.set(id, { times, weight });
    }
  }

  /** @returns {Found} */
  found() {
    const ids = [...this.places.keys()].sort((a, b) => a - b);
    return {
      ids,
      times: ids.map((id) => this.places.get(id).times),
      cells: ids.map((id) => cellOf(this.places.get(id).weight)),
    };
  }
}

/** @param {Found} found @param {(id: number) => boolean} keeps @returns {Found} */
export function only({ ids, times, cells }, keeps) {
  const kept = { ids: [], times: [], cells: [] };
  for (let i = 0; i < ids.length; i += 1) {
    if (keeps(ids[i])) {
      kept.ids.push(ids[i]);
      kept.times.push(times[i]);
      kept.cells.push(cells[i]);
    }
  }
  return kept;
}

/** Two that have no place in common, as one. @param {Found} one @param {Found} other @returns {Found} */
export function merged(one, other) {
  const both = { ids: [], times: [], cells: [] };
  for (let a = 0, b = 0; a < one.ids.length || b < other.ids.length;) {
    const isOne = b === other.ids.length || (a < one.ids.length && one.ids[a] < other.ids[b]);
    const from = isOne ? one : other;
    const at = isOne ? a : b;
    both.ids.push(from.ids[at]);
    both.times.push(from.times[at]);
    both.cells.push(from.cells[at]);
    a += isOne ? 1 : 0;
    b += isOne ? 0 : 1;
  }
  return both;
}
