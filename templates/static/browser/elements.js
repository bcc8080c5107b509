/**
 * Elements without HTML text: whatever a report or a reader wrote stays text.
 */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] true: present; false, null: absent
 * @param {...(Node | string | null | (Node | string)[])} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

/**
 * A button that is one only where scripts run.
 *
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, string | boolean>} [attributes]
 * @returns {HTMLElement}
 */
export function button(label, press, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

/**
 * @param {[string, boolean][]} parts text and whether it is marked
 * @returns {(Node | string)[]}
 */
export function marked(parts) {
  return parts.map(([text, isMark]) => (isMark ? element("mark", {}, text) : text));
}
