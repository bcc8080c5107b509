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
