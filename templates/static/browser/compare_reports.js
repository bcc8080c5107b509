/**
 * The reports of the index by their addresses: which there are, and all that one says.
 */

import { isReport, issuerOf, statementsOf } from "./comparing.js";
import { fold } from "./normalise.js";
import { once } from "./turns.js";

/** @typedef {import("./segment.js").Segment} Segment */
/** @typedef {import("./comparing.js").ReadReport} ReadReport */

/**
 * @typedef {object} Listed a report that may be chosen
 * @property {string} address
 * @property {string} name issuer, else address
 * @property {string[]} places from the province down
 * @property {number | null} year
 * @property {Segment} segment
 * @property {number} number in its segment
 */

/**
 * @param {() => Promise<Segment[]>} open the index
 * @returns {{find: (typed: string, most: number) => Promise<{found: Listed[], total: number}>,
 *   read: (address: string, needsTopics: boolean) => Promise<ReadReport[]>}}
 */
export function createReports(open) {
  const list = once(async () => {
    const lists = await Promise.all((await open()).map(async (segment) => {
      const [addresses] = await Promise.all([segment.addresses(), segment.ready()]);
      return addresses.map((address, number) => listed(segment, number, address)).filter(Boolean);
    }));
    return lists.flat();
  });
  const folded = once(async () => (await list()).map((one) =>
    fold(`${one.places.join("")} ${one.name} ${one.year || ""}年度`).text));

  /** Reports whose place, issuer and year hold every word, the newest first. */
  async function find(typed, most) {
    const words = typed.split(/\s+/).map((word) => fold(word).text).filter(Boolean);
    const [reports, texts] = [await list(), await folded()];
    const found = words.length ? reports.filter((_, i) => words.every((word) => texts[i].includes(word))) : [];
    found.sort((a, b) => (b.year || 0) - (a.year || 0));
    return { found: found.slice(0, most), total: found.length };
  }

  /** A report, or those of an issuer, the newest first; none when there is no such address. */
  async function read(address, needsTopics) {
    const own = (await list()).filter((one) =>
      (isReport(address) ? one.address === address : issuerOf(one.address) === address && isReport(one.address)));
    own.sort((a, b) => (b.year || 0) - (a.year || 0));
    return Promise.all(own.map((one) => readOne(one, needsTopics)));
  }

  return { find, read };
}

/** @returns {Listed | null} */
function listed(segment, number, address) {
  if (segment.isGone(number)) {
    return null;
  }
  const { issuer, lineage, year } = segment.about(number);
  return { address, name: issuer || address, places: lineage.map(([, name]) => name), year, segment, number };
}

/** @param {Listed} one @param {boolean} needsTopics @returns {Promise<ReadReport>} */
async function readOne({ segment, number }, needsTopics) {
  await segment.readyCounts();
  const ids = segment.groups.filter(({ report }) => report === number)
    .flatMap(({ start, places }) => Array.from({ length: places }, (_, i) => start + i));
  const [standings] = await Promise.all([segment.standings(ids), needsTopics ? segment.readyTopics(ids) : null]);
  return { report: standings[0].report, statements: statementsOf(standings, ids.map((id) => segment.topicsOf(id))) };
}
