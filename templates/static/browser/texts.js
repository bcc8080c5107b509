/**
 * A segment that is text: a few whole reports, looked through letter by letter.
 * Gives the same as segment.js; the form is written down in src/govreport_site/search/segments.py.
 */

import { Gathering } from "./found.js";
import { KIND_VALUES } from "./kinds.js";
import { decodeReport, standingsIn } from "./lines.js";
import { isWithinTopic } from "./topics.js";
import { once } from "./turns.js";

/**
 * @param {() => Promise<Array[][]>} bring files of reports, as the wire has them
 * @returns {import("./segment.js").Segment}
 */
export function textSegment(bring) {
  const reports = [];
  const lines = [];
  const lineOf = [];
  const passageOf = [];
  const standing = [];
  const topicsOf = [];
  const groups = [];

  function take(report) {
    const first = new Map();
    for (const line of report.lines) {
      const kind = KIND_VALUES.indexOf(line.places[0].section.kind);
      const last = groups[groups.length - 1];
      if (!last || last.report !== reports.length || last.kind !== kind) {
        groups.push({ start: lineOf.length, report: reports.length, kind, places: 0, passages: 0 });
      }
      groups[groups.length - 1].places += line.places.length;
      const begin = lineOf.length;
      lines.push({ line, begin });
      for (const place of line.places) {
        if (!first.has(place.anchor)) {
          first.set(place.anchor, lineOf.length);
          groups[groups.length - 1].passages += 1;
        }
        passageOf.push(first.get(place.anchor));
        standing.push({ report, line, place });
        lineOf.push(begin);
      }
    }
    topicsOf.push(...report.topics);
    reports.push(report);
  }

  const makeReady = once(async () => {
    (await bring()).flat().map(decodeReport).forEach(take);
    const passages = groups.reduce((sum, group) => sum + group.passages, 0);
    Object.assign(segment, {
      room: lineOf.length,
      live: { reports: reports.filter(({ lines: own }) => own.length).length, places: lineOf.length, passages },
    });
  });

  const segment = {
    ready: makeReady,
    room: 0,
    live: { reports: 0, places: 0, passages: 0 },
    readyCounts: makeReady,
    groups,
    about: (number) => reports[number],
    isGone: () => false,
    lineOf: (id) => lineOf[id],
    passageOf: (id) => passageOf[id],
    kindOf: (id) => KIND_VALUES.indexOf(standing[id].place.section.kind),
    async within(chosen) {
      await makeReady();
      return (id) => topicsOf[id].some((topic) => chosen.some((one) => isWithinTopic(topic, one)));
    },
    topicFiles: () => 0,
    readyTopics: makeReady,
    topicsOf: (id) => topicsOf[id],
    async find(phrase) {
      await makeReady();
      const gathering = new Gathering();
      for (const { line, begin } of lines) {
        for (const { place, times, weight } of standingsIn(line, phrase)) {
          gathering.add(begin + place, times, weight);
        }
      }
      return gathering.found();
    },
    standings: async (ids) => ids.map((id) => standing[id]),
    dates: async () => reports.map(({ date }) => date),
    async addresses() {
      await makeReady();
      return reports.map(({ id }) => id);
    },
  };
  return segment;
}
