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
