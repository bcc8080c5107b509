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
import { thousands } from "./elements.js";
import { emptyNotice } from "./empty.js";
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

window.govreport.later = {
  concordance,
  copyPassages,
  counts,
  emptyNotice,
  readKnown,
  simplify,
  startSuggestions,
  waysOn,
};
