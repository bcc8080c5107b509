/**
 * What someone who types may mean: the text in the box in, a short list of offers out. Pure.
 *
 * Offers only ever change the question when they are chosen; what a question finds stays exact.
 * The data is search/suggestions.js, whose form is written down in
 * src/govreport_site/search/terms.py.
 */

/**
 * @typedef {object} Known
 * @property {string[]} terms the most frequent first
 * @property {string[]} headings likewise
 * @property {PlaceName[]} places those with most reports first
 * @property {{slug: string, name: string}[]} kinds of issuers
 * @property {Map<string, string>} simple traditional character → simplified
 */

/** @typedef {{code: string, name: string, pinyin: string, initials: string, above: string}} PlaceName */

/**
 * @typedef {object} Completion
 * @property {string} group what it is, as it is labelled: 常用语, 标题, 地区, 机关类别, 改查简体
 * @property {string} text
 * @property {string} note what tells it from others of its name
 * @property {string} query the box after it was chosen
 * @property {[string, string] | null} choice facet and value that are chosen with it
 */

/** How many of each group are offered. */
const TERMS = 6;
const HEADINGS = 2;
const PLACES = 3;
const KINDS = 2;

/** @param {Record<string, string>} wire @returns {Known} */
export function readKnown({ terms, headings, places, kinds, simple }) {
  const words = (text) => text.split(" ").filter(Boolean);
  const rows = (text, width) => {
    const cells = words(text);
    return Array.from({ length: cells.length / width }, (_, i) => cells.slice(i * width, (i + 1) * width));
  };
  const named = rows(places, 3);
  const names = new Map(named.map(([code, name]) => [code, name]));
  const aboveOf = (code) => [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`]
    .filter((above) => above !== code).map((above) => names.get(above) || "").join("");
  const pairs = Array.from(simple);
  return {
    terms: words(terms),
    headings: words(headings),
    places: named.map(([code, name, sound]) => ({
      code, name, pinyin: sound.toLowerCase(), initials: sound.replace(/[a-z]/g, "").toLowerCase(), above: aboveOf(code),
    })),
    kinds: rows(kinds, 2).map(([slug, name]) => ({ slug, name })),
    simple: new Map(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i], pairs[2 * i + 1]])),
  };
}

/** @param {Known} known @param {string} text @returns {string} with its traditional characters made simple */
export function simplify({ simple }, text) {
  return Array.from(text, (character) => simple.get(character) || character).join("");
}

/**
 * @param {Known} known
 * @param {string} typed all that stands in the box; its last word is completed
 * @returns {Completion[]} best first in each group
 */
export function completions(known, typed) {
  const [, lead, minus, key, rest] = /^([^]*?)(-?)((?:(?:种类|地区|年份|机关)[:：])?)([^\s\u3000]*)$/.exec(typed);
  if (/[^\s\u3000]$/.test(lead) || rest.startsWith('"')) {
    return [];
  }
  const word = rest.normalize("NFKC").toLowerCase().replace(/['’]/g, "");
  if (!word) {
    return [];
  }
  const kept = lead + minus;
  const place = key ? key.startsWith("地区") : !minus;
  const kind = key ? key.startsWith("机关") : !minus;
  const plain = simplify(known, typed);
  const rewritten = plain === typed ? []
    : [{ group: "改查简体", text: plain.trim(), note: "", query: plain.trim(), choice: null }];
  const offer = (group) => (text) => ({ group, text, note: "", query: kept + text, choice: null });
  return [
    ...rewritten,
    ...(key ? [] : matching(known.terms, word, TERMS).map(offer("常用语"))),
    ...(key ? [] : matching(known.headings, word, HEADINGS).map(offer("标题"))),
    ...(place ? placesFor(known.places, word).map((one) => placeOffer(known, one, lead, key)) : []),
    ...(kind ? kindsFor(known.kinds, word).map((one) => narrowing("机关类别", one.name, "", lead, `机关:${one.name}`,
      key ? null : ["issuer_kind", one.slug])) : []),
  ];
}

/** Those that begin with what is typed, then those that hold it. @param {string[]} texts @param {string} word @param {number} most */
function matching(texts, word, most) {
  const longer = texts.filter((text) => text.length > word.length);
  const begin = longer.filter((text) => text.startsWith(word));
  const hold = word.length > 1 ? longer.filter((text) => text.indexOf(word) > 0) : [];
  return [...begin, ...hold].slice(0, most);
}

/** @param {PlaceName[]} places @param {string} word @returns {PlaceName[]} the closest first */
function placesFor(places, word) {
  const isLatin = /^[a-z]{2,}$/.test(word);
  const distance = ({ name, pinyin, initials }) => {
    if (isLatin) {
      return [initials === word, pinyin === word, initials.startsWith(word), pinyin.startsWith(word)].indexOf(true);
    }
    const at = name.indexOf(word);
    return at > 0 && word.length < 2 ? -1 : at;
  };
  return places.map((one) => ({ one, by: distance(one) })).filter(({ by }) => by >= 0)
    .sort((a, b) => a.by - b.by).slice(0, PLACES).map(({ one }) => one);
}

/** @param {{slug: string, name: string}[]} kinds @param {string} word */
function kindsFor(kinds, word) {
  const isLatin = /^[a-z]{2,}$/.test(word);
  return kinds.filter(({ slug, name }) => (isLatin ? slug.startsWith(word) : word.length > 1 && name.includes(word)))
    .slice(0, KINDS);
}

/** @param {Known} known @param {PlaceName} one @param {string} lead @param {string} key */
function placeOffer(known, { code, name, above }, lead, key) {
  const isOnly = known.places.filter((other) => other.name === name).length === 1;
  return narrowing("地区", name, above, lead, `地区:${isOnly ? name : code}`, key ? null : ["place", code]);
}

/**
 * Beside other words a choice among the filters; alone in the box the narrowing itself, written
 * out, since filters without a word ask nothing.
 *
 * @returns {Completion}
 */
function narrowing(group, text, note, lead, written, choice) {
  const isAlone = !lead.trim();
  return isAlone || choice === null
    ? { group, text, note, query: lead + written, choice: null }
    : { group, text, note, query: lead.trim(), choice };
}
