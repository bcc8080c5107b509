/* What html-validate asks of every page: its own recommendation (WCAG, no inline style, no id twice, landmarks with
 * names of their own, void elements without a slash, …), some more, and what does not fit, each with its reason. */
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Beyond its recommendation.
    "heading-level": "error",
    "input-missing-label": "error",
    "missing-doctype": "error",
    "no-missing-references": "error",
    "no-style-tag": "error",
    "no-unknown-elements": "error",
    // What does not fit.
    "tel-non-breaking": "off", // numbers of reports are written as published
    "long-title": "off", // a page is named after its report, and titles of reports are long
    "wcag/h32": "off", // the filters beside the answers act at each change: nothing is left for a button to send
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // as ARIA itself has it: a list may have a name
  },
};
