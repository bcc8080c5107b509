/* What the style may use: plain CSS that Chromium 90 knows, and lone refinements whose absence costs nothing else.
 *
 * stylelint-browser-compat asks MDN's tables about properties, values, selectors, units and at-rules. What it passes
 * over is refused by form: nested rules, layers and functions that are not on the list. */

/** Younger than Chromium 90, and harmless where they are not known: the one declaration is skipped. */
const REFINEMENTS = [
  "properties.text-wrap", // where lines of headings and paragraphs break, never whether they fit
  "properties.text-autospace", // air between Han and Latin
  "properties.text-spacing-trim", // marks in a row set closer
  "properties.hanging-punctuation", // marks at the end of a line hang into the margin
  "properties.text-justify", // Han text is justified between characters anyhow
  "properties.accent-color", // ticks in blue instead of ink
  // In grids, which know it; flex boxes of that age take it for flex-start, which is the same here.
  "properties.align-content.flex_context.start_end",
  "properties.align-items.flex_context.start_end",
  "properties.align-self.flex_context.start_end",
];

/** All functions that are used; `round` stands only where @supports has asked for it. */
const FUNCTIONS = [
  "attr", "calc", "circle", "clamp", "counter", "fit-content", "inset", "linear-gradient", "local", "max", "min",
  "minmax", "radial-gradient", "repeat", "repeating-linear-gradient", "round", "translate", "var",
];

export default {
  plugins: ["stylelint-browser-compat"],
  rules: {
    "plugin/browser-compat": [true, {
      browserslist: ["chrome 90"],
      allow: { features: REFINEMENTS, prefix: true, flagged: false, partialImplementation: true },
    }],
    "function-allowed-list": FUNCTIONS,
    "at-rule-allowed-list": ["charset", "font-face", "keyframes", "media", "page", "supports", "bottom-left", "bottom-right"],
    "max-nesting-depth": [0, { ignoreAtRules: ["media", "supports", "page"] }],
    "no-invalid-double-slash-comments": true,
  },
};
