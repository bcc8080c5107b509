/**
 * The one definition of “the same character”, for search and for marks on a page.
 *
 * In flows text as published, out flows the form in which it is compared, with the way back
 * to the published text. Each character is folded alone: dropped when it is blank or a joining
 * mark; else NFKC; else lower case; dropped when it has now become blank or a joining mark.
 * Where marks are kept, “…” stays as it is.
 *
 * Twin: src/govreport_site/normalise.py, where the reasons for the tables stand.
 * tests/golden/normalise.json holds both to it. Read on in lines.js.
 */

/** Unicode White_Space: in a query, these part one word from the next. */
const WHITE =
  "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a" +
  "\u2028\u2029\u202f\u205f\u3000";

/** White space, the byte order mark and the zero-width characters. */
const BLANK = new Set(WHITE + "\ufeff\u200b\u200c\u200d");

/** Marks that join or enclose: with and without them a phrase is the same phrase. */
const JOINING = new Set("、·“”‘’「」『』\"'《》〈〉（）()[]【】—–-~〜―‐‑‥・…");

/** Joining marks that NFKC makes points of. */
const DOTS = "‥…";

/** Half-open ranges of code points in which NFKC and lower case are applied. */
const FOLDED = [
  [0x0041, 0x0530],
  [0x1e00, 0x2000],
  [0x2010, 0x2e80],
  [0x2e80, 0x3040],
  [0x3200, 0x3400],
  [0xf900, 0xfb00],
  [0xfe10, 0xfe70],
  [0xff00, 0xfff0],
  [0x1d400, 0x1d800],
  [0x2f800, 0x2fa20],
];

// How a UTF-16 unit of the basic plane folds. Zero, what a new table is full of, is “not met yet”:
// a page meets few of all characters, and must not wait until all are folded.
const SINGLE = 1;
const DROPPED = 2;
const SEVERAL = 3;

/**
 * What is known so far of how UTF-16 units of the basic plane fold.
 *
 * @typedef {object} Table
 * @property {Uint8Array} manner 0: not met yet; SINGLE: becomes `single`; DROPPED: nothing; SEVERAL: look in `several`
 * @property {Uint16Array} single
 * @property {Map<number, string>} several
 * @property {boolean} keepMarks
 */

/**
 * Folded text and the way back.
 *
 * @typedef {object} Folded
 * @property {string} text
 * @property {Uint32Array} from for each UTF-16 unit of `text`, where its character begins …
 * @property {Uint32Array} to … and ends, in UTF-16 units of the published text
 */

/** @type {Map<boolean, Table>} made when first asked for: most pages need neither */
const tables = new Map();

/**
 * What one character (a code point) is compared as: nothing, itself, or (㎡ → m2) several.
 *
 * @param {string} character
 * @param {boolean} keepMarks joining marks stay, only blanks go
 * @returns {string}
 */
export function foldCharacter(character, keepMarks) {
  const stays = (c) => !BLANK.has(c) && (keepMarks || !JOINING.has(c));
  if (!stays(character)) {
    return "";
  }
  if (DOTS.includes(character)) {
    return character;
  }
  const point = character.codePointAt(0);
  if (!FOLDED.some(([start, end]) => start <= point && point < end)) {
    return character;
  }
  return Array.from(character.normalize("NFKC").toLowerCase()).filter(stays).join("");
}

/** @param {boolean} keepMarks @returns {Table} */
function tableOf(keepMarks) {
  let table = tables.get(keepMarks);
  if (!table) {
    table = { manner: new Uint8Array(0x10000), single: new Uint16Array(0x10000), several: new Map(), keepMarks };
    tables.set(keepMarks, table);
  }
  return table;
}

/** Learns how a unit folds. @param {Table} table @param {number} unit @returns {number} its manner */
function learn({ manner, single, several, keepMarks }, unit) {
  if (unit >= 0xd800 && unit < 0xdc00) {
    manner[unit] = SEVERAL; // the first half of a pair: foldSeveral looks at both
    return SEVERAL;
  }
  const folded = foldCharacter(String.fromCharCode(unit), keepMarks);
  manner[unit] = [DROPPED, SINGLE][folded.length] || SEVERAL;
  if (manner[unit] === SEVERAL) {
    several.set(unit, folded);
  }
  single[unit] = folded.charCodeAt(0); // only looked at where it is the one
  return manner[unit];
}

/**
 * The rare cases: a surrogate pair, or a character that becomes several.
 *
 * @param {Table} table
 * @param {string} text
 * @param {number} at
 * @returns {[string, number]} what it becomes, and how many UTF-16 units it takes
 */
function foldSeveral(table, text, at) {
  const unit = text.charCodeAt(at);
  const folded = table.several.get(unit);
  if (folded !== undefined) {
    return [folded, 1];
  }
  const point = text.codePointAt(at);
  if (point < 0x10000) {
    return [text[at], 1]; // half a pair, alone: stands for itself
  }
  return [foldCharacter(String.fromCodePoint(point), table.keepMarks), 2];
}

/** @param {Uint16Array} units @param {number} length @returns {string} */
function stringOf(units, length) {
  let text = "";
  for (let at = 0; at < length; at += 8192) {
    // In slices: an engine takes only so many arguments.
    text += String.fromCharCode.apply(null, units.subarray(at, Math.min(length, at + 8192)));
  }
  return text;
}

/**
 * The form in which a text is compared, with the way back for every unit of it.
 *
 * @param {string} text
 * @param {{keepMarks?: boolean}} [options] keepMarks: joining marks stay (a query in quotes)
 * @returns {Folded}
 */
export function fold(text, { keepMarks = false } = {}) {
  const table = tableOf(keepMarks);
  const { manner, single } = table;
  // Most texts keep their length or shrink; room is added when a character becomes several.
  let room = text.length + 32;
  let units = new Uint16Array(room);
  let from = new Uint32Array(room);
  let to = new Uint32Array(room);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const own = manner[unit] || learn(table, unit);
    if (own === SINGLE) {
      units[length] = single[unit];
      from[length] = at;
      to[length] = at + 1;
      length += 1;
    } else if (own === SEVERAL) {
      const [folded, taken] = foldSeveral(table, text, at);
      if (length + folded.length + text.length - at > room) {
        room = (length + folded.length + text.length - at) * 2;
        units = enlarged(units, new Uint16Array(room));
        from = enlarged(from, new Uint32Array(room));
        to = enlarged(to, new Uint32Array(room));
      }
      for (let i = 0; i < folded.length; i += 1) {
        units[length] = folded.charCodeAt(i);
        from[length] = at;
        to[length] = at + taken;
        length += 1;
      }
      at += taken - 1;
    }
  }
  return { text: stringOf(units, length), from: from.subarray(0, length), to: to.subarray(0, length) };
}

/**
 * @template {Uint16Array | Uint32Array} T
 * @param {T} old
 * @param {T} roomier
 * @returns {T}
 */
function enlarged(old, roomier) {
  roomier.set(old);
  return roomier;
}

/** Whether a character parts words in a query. @param {string} character @returns {boolean} */
export function isWhite(character) {
  return character !== "" && WHITE.includes(character);
}

/** Whether a character joins or encloses: it counts only in quotes. @param {string} character @returns {boolean} */
export function isJoining(character) {
  return JOINING.has(character);
}

/** Whether a text holds nothing a reader could see. @param {string} text @returns {boolean} */
export function isBlank(text) {
  return Array.from(text).every((c) => BLANK.has(c));
}
