/* What scripts may use: the language of 2020 and what Chromium 90 offers. It looks for nothing else.
 *
 * Three judges: the parser (syntax), es-x (what the language's own objects learned later, also where only a method's
 * name tells: `.at(`), compat (objects and functions of the browser). Methods of elements and documents that came
 * later are known to none of them and stand here by name.
 * JOINED in the environment: what is judged is what the build joined, a classic script. */
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

/** Of the page, each with the version of Chromium that brought it. */
const LATER_METHODS = {
  checkVisibility: 105, setHTMLUnsafe: 124, getHTML: 125, moveBefore: 133,
  showPopover: 114, hidePopover: 114, togglePopover: 114, showPicker: 99,
  canParse: 120, startViewTransition: 111, requestClose: 134, caretPositionFromPoint: 128, getComposedRanges: 137,
};
const LATER_PROPERTIES = { inert: 102, popover: 114, highlights: 105, onscrollend: 114, ariaNotify: 141 };

/** Objects by which es-x knows what was added to them or with them. */
const OBJECTS = ["window", "document", "navigator", "self", "Intl", "WeakRef", "FinalizationRegistry", "AggregateError", "Iterator"];

/** Helpers of iterators are called as methods of arrays are (`.map(`): by their names nothing can be told. */
const SHARED_NAMES = Object.keys(esx.rules).filter((name) => name.startsWith("no-iterator-prototype-"));

const named = (names, what) => Object.entries(names).map(([property, version]) => ({
  property, message: `${what} came with Chromium ${version}; pages run in Chromium 90.`,
}));

export default [
  esx.configs["flat/restrict-to-es2020"],
  esx.configs["flat/no-new-in-esnext"],
  esx.configs["flat/restrict-to-es2020-intl-api"],
  {
    files: ["**/*.js"],
    languageOptions: {
      ecmaVersion: 2020,
      sourceType: process.env.JOINED ? "script" : "module",
      globals: Object.fromEntries(OBJECTS.map((name) => [name, "readonly"])),
    },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    plugins: { compat },
    settings: { browsers: ["chrome 90"], "es-x": { aggressive: true } },
    rules: {
      ...Object.fromEntries(SHARED_NAMES.map((name) => [`es-x/${name}`, "off"])),
      "compat/compat": "error",
      "no-restricted-properties": ["error", ...named(LATER_METHODS, "The method"), ...named(LATER_PROPERTIES, "The property")],
    },
  },
];
