/**
 * A button that copies a text which may first have to be gathered.
 */

import { copyText } from "./clipboard.js";
import { button } from "./elements.js";

/**
 * @param {string} label
 * @param {(say: (progress: string) => void) => string | Promise<string>} make the text; may say how far it has come
 * @returns {HTMLElement}
 */
export function copyButton(label, make) {
  let ready = ""; // made, but the browser wanted another press before it let it be copied
  const press = button(label, async () => {
    press.disabled = true;
    try {
      ready = ready || await make((progress) => {
        press.textContent = progress;
      });
      const isDone = await copyText(ready);
      press.textContent = isDone ? "已复制" : "已备好，再按一次复制";
      ready = isDone ? "" : ready;
    } catch (error) {
      press.textContent = `没有复制：${error.message}`;
    }
    press.disabled = false;
    press.focus();
  }, { class: "btn" });
  press.setAttribute("aria-live", "polite");
  return press;
}
