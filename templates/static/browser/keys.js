/**
 * When a key is a command to the page, and when it is not.
 */

/**
 * Whether a key belongs to a field or to a shortcut of the browser.
 *
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
export function isTyping(event) {
  const { target } = event;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || (target instanceof Element
      && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null);
}
