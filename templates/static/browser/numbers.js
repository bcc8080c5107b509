/**
 * Whole numbers as characters of a string: columns of the index's tables.
 * Twin: src/govreport_site/search/numbers.py, where the form is written down.
 */

/** @param {string} text @returns {number[]} */
export function numbersOf(text) {
  const numbers = [];
  for (let at = 0; at < text.length; at += 1) {
    const value = valueAt(text, at);
    if (value < 0x6000) {
      numbers.push(value);
    } else {
      at += 1;
      numbers.push((value - 0x6000) * 0x8000 + valueAt(text, at));
    }
  }
  return numbers;
}

function valueAt(text, at) {
  const code = text.charCodeAt(at) - 0x23;
  return code > 0x39 ? code - 1 : code;
}

/** Steps made numbers again. @param {number[]} steps @returns {number[]} the same array */
export function summed(steps) {
  for (let i = 1; i < steps.length; i += 1) {
    steps[i] += steps[i - 1];
  }
  return steps;
}

/** 0, 1, 2, 3, 4 … back to 0, -1, 1, -2, 2 … @param {number} value @returns {number} */
export function unsigned(value) {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}

/**
 * Where the last of rising items stands that is not after one; 0 when all are.
 *
 * @template T
 * @param {T[]} rising
 * @param {string | number} one
 * @param {(item: T) => string | number} [of] what they rise by
 */
export function lastNotAfter(rising, one, of = (item) => item) {
  let low = 0;
  let high = rising.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (of(rising[middle]) <= one) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Texts, of each what it does not have in common with the one before. @param {[string, string]} wire @returns {string[]} */
export function frontDecoded([shared, rests]) {
  const texts = [];
  const lengths = numbersOf(shared);
  rests.split("\n").forEach((rest, i) => texts.push((i ? texts[i - 1] : "").slice(0, lengths[i] || 0) + rest));
  return texts;
}
