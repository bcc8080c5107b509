/**
 * How a report is cited: the report as a whole or the passage the reader chose, with today as the
 * day of retrieval, copied, or selected where nothing can be copied.
 *
 * The page holds every form twice: written out, and as a pattern with places for a passage
 * (`data-within`, see pages/citing.py).
 */

import { copyText } from "./clipboard.js";
import { publishedText } from "./published.js";
import { asPublished } from "./shown.js";

const ANCHOR = "⟦id⟧";
const NUMBER = "⟦n⟧";

// What stands where the build cannot know the day: src/govreport_site/citation.py.
const TODAY = "引用日期";
const DAY_OF_VISIT = "某年某月某日";

/** How long a button says what it did. */
const SAID_MS = 4000;

/** @param {string} text @param {Date} now @returns {string} the same, retrieved on that day */
export function withDay(text, now) {
  const [year, month, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const two = (number) => String(number).padStart(2, "0");
  return text.split(TODAY).join(`${year}-${two(month)}-${two(day)}`)
    .split(DAY_OF_VISIT).join(`${year}年${month}月${day}日`);
}

/** @param {string} pattern @param {string} anchor @param {string} number @returns {string} a form for one passage */
export function ofPassage(pattern, anchor, number) {
  return pattern.split(ANCHOR).join(anchor).split(NUMBER).join(number);
}

/** @param {Element} source selected where the clipboard is out of reach @param {string} text @returns {Promise<string>} what came of it */
async function copyOrSelect(source, text) {
  if (await copyText(text)) {
    return "已复制";
  }
  getSelection().selectAllChildren(source);
  return "已选中，请按 Ctrl+C";
}

/** @param {HTMLButtonElement} press @param {() => Promise<string>} act its result is said on the button for a while */
function answer(press, act) {
  let timer = 0;
  press.setAttribute("aria-live", "polite");
  press.addEventListener("click", async () => {
    const label = press.getAttribute("data-label") || press.textContent;
    press.setAttribute("data-label", label);
    press.textContent = await act();
    clearTimeout(timer);
    timer = setTimeout(() => {
      press.textContent = press.getAttribute("data-label");
      press.removeAttribute("data-label");
    }, SAID_MS);
  });
}

/** @param {Document} document of a report's page */
export function startCiting(document) {
  const section = document.getElementById("cite");
  if (!section) {
    return;
  }
  const now = new Date();
  const forms = [...section.querySelectorAll(".cite")];
  const whole = forms.map((form) => withDay(form.textContent, now));
  const choice = section.querySelector("[data-cite-choice]");
  const [ofAll, ofOne, copyOne] = choice.querySelectorAll("button");
  /** @type {{id: string, number: string} | null} the passage that was last gone to */
  let passage = null;

  function show(isOne) {
    forms.forEach((form, i) => {
      form.textContent = isOne
        ? withDay(ofPassage(form.getAttribute("data-within"), passage.id, passage.number), now) : whole[i];
    });
    ofAll.setAttribute("aria-pressed", String(!isOne));
    ofOne.setAttribute("aria-pressed", String(isOne));
  }

  function arrive() {
    const link = document.querySelector(`.pn[href="#${CSS.escape(location.hash.slice(1))}"]`);
    if (link) {
      passage = { id: location.hash.slice(1), number: link.getAttribute("data-n") };
      ofOne.textContent = `只引第 ${passage.number} 段`;
      copyOne.textContent = `复制第 ${passage.number} 段和出处`;
      copyOne.removeAttribute("data-label");
      choice.hidden = false;
      show(true);
    }
  }

  section.querySelectorAll("button[data-copy]").forEach((press) => {
    const form = press.closest(".cited").querySelector(".cite");
    press.hidden = false;
    answer(press, () => copyOrSelect(form, form.textContent));
  });
  ofAll.addEventListener("click", () => show(false));
  ofOne.addEventListener("click", () => show(true));
  answer(copyOne, () => {
    show(true);
    const words = document.getElementById(passage.id);
    return copyOrSelect(words, `${asPublished(() => publishedText(words))}\n——${forms[0].textContent}\n`);
  });
  show(false);
  addEventListener("hashchange", arrive);
  arrive();
}
