/**
 * Punctuation as the norm has it (GB/T 15834: Chinese text takes full-width marks), for showing only. Pure.
 *
 * One character becomes one character, so that places in a text stay where they are.
 */

const FULL = { ",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）" };
const HALF = /[,.;:?!()]/;

const HAN = /[々〇\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const ENDS_CHINESE = /[々〇\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}》〉」』”’）】〕、。，；：？！％…]/u;
const BEGINS_CHINESE = /[々〇\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}《〈「『“‘（【〔]/u;

/** What stands before the full stop of a number of an item: 一. and （二）. are no sentences. */
const ITEM_NUMBER = /^[\s#>*|（(]*第?[一二三四五六七八九十百零〇\d]+[)）]?$/;

/** Straight quotes tell nothing of what they stand in: one looks past them. */
const STRAIGHT_QUOTES = /["']/;

/**
 * @param {string} text one or more lines of a report as published
 * @returns {string} of the same length: marks beside Han in full width; digits, Latin and their marks as they are
 */
export function widen(text) {
  return text.split("\n").map((line) => (HALF.test(line) ? widenLine(line) : line)).join("\n");
}

/** @param {string} line @returns {string} */
function widenLine(line) {
  const letters = [...line];
  widenBrackets(letters);
  letters.forEach((letter, i) => {
    if (letter !== "(" && letter !== ")" && letter in FULL) {
      const isWide = letter === "." ? endsSentence(letters, i)
        : ENDS_CHINESE.test(besides(letters, i, -1)) || BEGINS_CHINESE.test(besides(letters, i, 1));
      letters[i] = isWide ? FULL[letter] : letter;
    }
  });
  return letters.join("");
}

/** The nearest letter before (-1) or behind (1) that is no straight quote; "" beyond the ends. */
function besides(letters, at, step) {
  let i = at + step;
  while (STRAIGHT_QUOTES.test(letters[i] || "")) {
    i += step;
  }
  return letters[i] || "";
}

/** Whether the dot at `at` closes Chinese words, rather than a number of an item, an abbreviation or an ellipsis. */
function endsSentence(letters, at) {
  return ENDS_CHINESE.test(besides(letters, at, -1)) && !/[\w.]/.test(letters[at + 1] || "")
    && !ITEM_NUMBER.test(letters.slice(0, at).join(""));
}

/** Both brackets of a pair or neither. @param {string[]} letters changed in place */
function widenBrackets(letters) {
  const isOpen = [];
  const isAlone = new Set();
  letters.forEach((letter, i) => {
    if (letter === "(" || letter === "（") {
      isOpen.push(i);
      isAlone.add(i);
    } else if (letter === ")" || letter === "）") {
      const start = isOpen.pop();
      if (start === undefined) {
        isAlone.add(i);
      } else {
        isAlone.delete(start);
        if (isChinesePair(letters, start, i)) {
          letters[start] = FULL["("];
          letters[i] = FULL[")"];
        }
      }
    }
  });
  for (const i of isAlone) {
    if (letters[i] in FULL && (ENDS_CHINESE.test(besides(letters, i, -1))
      || (letters[i] === "(" && HAN.test(besides(letters, i, 1))))) {
      letters[i] = FULL[letters[i]];
    }
  }
}

/** A pair is Chinese by what stands before it, by what it holds, or, where it begins a line, by what follows. */
function isChinesePair(letters, start, end) {
  return letters[start] === "（" || letters[end] === "）" || ENDS_CHINESE.test(besides(letters, start, -1))
    || HAN.test(letters.slice(start, end).join(""))
    || (!letters.slice(0, start).join("").trim() && HAN.test(besides(letters, end, 1)));
}
