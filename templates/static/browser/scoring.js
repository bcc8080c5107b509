/**
 * What an occurrence weighs, and what a passage scores.
 * Twin: src/govreport_site/search/scoring.py, where the model is written down; tests/golden/scoring.json holds both.
 */

const K1 = 1.2;
const SHORT_WORDS = 40;

/** Fields, by their levels. */
export const TEXT = 1;
export const HEADING = 3;
export const TITLE = 4;

/** Weights of levels, in sixteenths. */
const WEIGHTS = [4, 11, 32, 128, 256];

/** @param {number} field @param {number} words of the field @returns {number} 1…4 */
export function levelOf(field, words) {
  return field === TEXT && words <= SHORT_WORDS ? TEXT + 1 : field;
}

/** @param {number} level @returns {number} in sixteenths */
export function weightOf(level) {
  return WEIGHTS[level];
}

/** @param {number} weight in sixteenths @returns {number} 0…7 */
export function cellOf(weight) {
  return Math.max(0, Math.min(7, 29 - Math.clz32(weight)));
}

/** What a cell counts as. @param {number} cell @returns {number} */
export function valueOf(cell) {
  return (1 << cell) / 4;
}

/** @param {number} df places that hold the phrase @param {number} places in all @returns {number} */
export function idfOf(df, places) {
  return Math.log(1 + (places - df + 0.5) / (df + 0.5));
}

/** @param {number} idf @param {number} value @returns {number} */
export function scoreOf(idf, value) {
  return (idf * value * (K1 + 1)) / (value + K1);
}
