/**
 * How numbers and years are written for readers.
 */

/** 12,345. `toLocaleString` would first load the rules of all the world. @param {number} number */
export function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @param {number | null} year of a report */
export function yearName(year) {
  return year === null ? "年度未注明" : `${year} 年度`;
}
