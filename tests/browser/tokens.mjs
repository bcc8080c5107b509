// Whether scripts made small say what they said. In flows, by standard input, {name: [source, small]}; out flow the names
// of those of which the words differ, each with the first that does: blanks and comments are no words, texts are.
import { readFileSync } from "node:fs";

import { tokenize } from "espree";

const words = (source) => tokenize(source, { ecmaVersion: 2020, sourceType: "module" }).map(({ type, value }) => `${type} ${value}`);

const changed = {};
for (const [name, [source, small]] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const [before, after] = [words(source), words(small)];
  const at = before.findIndex((word, i) => word !== after[i]);
  if (at !== -1 || before.length !== after.length) {
    changed[name] = [before[at], after[at]];
  }
}
process.stdout.write(JSON.stringify(changed));
