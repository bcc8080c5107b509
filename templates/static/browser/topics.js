/**
 * Topics of places. A topic is its path: “行政执法/规范执法行为” is a part of “行政执法”.
 * Twins: src/govreport_site/search/topics.py, where the form on the wire is written down, and topic_names.py.
 */

import { numbersOf } from "./numbers.js";

/** @type {string[]} */
const NO_TOPICS = [];

/**
 * Places that have the same topics share one array.
 *
 * @param {[string, string[], string]} wire
 * @returns {string[][]} of each place, in order
 */
export function decodeTopics([names, sets, numbers]) {
  const known = names.split("\n");
  const arrays = [NO_TOPICS, ...sets.map((text) => numbersOf(text).map((name) => known[name]))];
  return numbersOf(numbers).map((number) => arrays[number]);
}

/** A topic and all that it is a part of, from the top. @param {string} topic @returns {string[]} */
export function topicAndAbove(topic) {
  const parts = topic.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** Whether one is the other or a part of it. @param {string} topic @param {string} whole @returns {boolean} */
export function isWithinTopic(topic, whole) {
  return topic === whole || topic.startsWith(`${whole}/`);
}

/** What it is called below what it is a part of. @param {string} topic @returns {string} */
export function topicName(topic) {
  return topic.slice(topic.lastIndexOf("/") + 1);
}
