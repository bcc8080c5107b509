/**
 * Which text of a report's page is the report's, and which the site's.
 */

/** Text that the site adds inside the text of a report: never searched, never marked, never copied. */
export const OURS = ".pn, .note, .hidden, [aria-hidden=true]";

/** @param {Element} passage @returns {string} its words as they were published */
export function publishedText(passage) {
  const words = passage.cloneNode(true);
  words.querySelectorAll(OURS).forEach((ours) => ours.remove());
  return words.textContent.trim();
}

/**
 * Text nodes of each line of the report as published: a run-in heading and its paragraph, a heading
 * alone, a line of the title, a cell.
 *
 * @param {Iterable<Element>} texts may stand inside one another
 * @returns {Map<Element, Text[]>} in the order of the page, each under the element that holds the line
 */
export function linesOf(texts) {
  /** @type {Map<Element, Set<Text>>} */
  const lines = new Map();
  for (const text of texts) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.closest(OURS) === null) {
        const line = parent.closest("td, th") || parent.closest(".para")
          || parent.closest("h1 [id], h2, h3, h4, h5, h6, p, li, pre") || text;
        lines.set(line, (lines.get(line) || new Set()).add(node));
      }
    }
  }
  return new Map([...lines].map(([line, nodes]) => [line, [...nodes]]));
}
