/**
 * The script that a page with a search box brings when something of it is first asked for: the
 * list under the box, the concordance, the counts, copying as CSV, ways on where nothing is
 * found. finder.js brings it.
 *
 * It shares no scope with finder.js, so what it needs from there is handed over as `Tools`.
 */

import { readKnown, simplify } from "./completions.js";
import { concordance } from "./concordance.js";
import { copyButton } from "./copying.js";
import { counts } from "./counts.js";
import { passagesCsv } from "./csv.js";
import { emptyNotice } from "./empty.js";
import { thousands } from "./naming.js";
import { gather } from "./rows.js";
import { waysOn } from "./suggest.js";
import { startSuggestions } from "./suggestions.js";

/** @typedef {import("./search.js").Result} Result */
/** @typedef {import("./address.js").Asked} Asked */

/**
 * @typedef {object} Tools
 * @property {(limit: number, offset: number) => Promise<Result>} ask the same question again, in order of place
 * @property {(done: number, total: number) => boolean} progress shows it; false when the question is no longer asked
 * @property {(offset: number) => void} more
 * @property {(asked: Asked, label: string, attributes?: Record<string, string>) => HTMLElement} link
 * @property {(kind: string | null, isNamed?: boolean) => HTMLElement | null} kindBox
 * @property {(facet: string, value: string) => string} labelOf
 */

/** Passages that are copied at once. */
const MOST_PASSAGES = 2000;

/**
 * @param {number} total
 * @param {Tools["ask"]} ask in the order shown
 * @param {Tools["labelOf"]} labelOf
 * @returns {HTMLElement}
 */
function copyPassages(total, ask, labelOf) {
  const label = total > MOST_PASSAGES ? `复制前 ${thousands(MOST_PASSAGES)} 段为 CSV` : "复制为 CSV";
  return copyButton(label, async (say) => {
    const hits = await gather(ask, {
      isEnough: (all) => all.length >= MOST_PASSAGES,
      progress(done, all) {
        say(`已读 ${thousands(done)} / ${thousands(Math.min(all, MOST_PASSAGES))} 段`);
        return true;
      },
    });
    return passagesCsv(hits.slice(0, MOST_PASSAGES), location.href, (kind) => labelOf("kind", kind));
  });
}

/**
 * Ways on where nothing is found, the query in simplified characters first. What comes for this also knows
 * the names of places that are chosen and have no answers.
 *
 * @param {Asked} asked
 * @param {{search: (query: string, options: object) => Promise<Result>, language: import("./suggest.js").Language,
 *   bringSuggestions: () => Promise<object>, rememberLabel: (facet: string, value: string, label: string) => void}} tools
 */
async function waysFrom({ q, options }, { search, language, bringSuggestions, rememberLabel }) {
  let ways = [];
  try {
    const known = readKnown(await bringSuggestions());
    known.places.forEach(({ code, name }) => rememberLabel("place", code, name));
    known.kinds.forEach(({ slug, name }) => rememberLabel("issuer_kind", slug, name));
    const query = simplify(known, q);
    const total = query === q ? 0 : (await search(query, { ...options, limit: "0" })).total;
    ways = total ? [{ lead: "改查简体", query, options, total }] : [];
  } catch {
    // one way fewer
  }
  return [...ways, ...await waysOn(q, options, search, language)];
}

window.govreport.later = {
  concordance,
  copyPassages,
  counts,
  emptyNotice,
  startSuggestions,
  waysFrom,
};
