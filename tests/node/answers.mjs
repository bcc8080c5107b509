// Answers questions as the site does, from the files of its index. Not a test of its own: tests/test_query.py,
// tests/test_search_index.py, tests/test_ranking.py and tests/test_terminal_search.py hold Python's answers against these.
//
// In flows, by standard input, a line {index: folder | null, questions: [{query, options}]}; out flows a line
// {kinds, answers, brought: names of the files that were brought} or, when anything is thrown, {thrown}; and so on until
// the input ends. An answer is
// {query: as parsed, typed: written back, said: as a sentence, total, occurrences, hits, facets, searched, ways}.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import vm from "node:vm";

import { KINDS } from "../../templates/static/browser/kinds.js";
import { fold } from "../../templates/static/browser/normalise.js";
import { describe, parseQuery, phraseAsTyped, queryAsTyped } from "../../templates/static/browser/query.js";
import { createSearch } from "../../templates/static/browser/search.js";
import { createIndex } from "../../templates/static/browser/shards.js";
import { waysOn } from "../../templates/static/browser/suggest.js";

const language = { fold, parseQuery, phraseAsTyped, queryAsTyped };

/** Reads files of an index: gives what each calls `receive` with, and says its name. */
const bringFrom = (index, brought) => async (name) => {
  brought.push(name);
  let data = null;
  const govreport = { receive: (_, given) => { data = given; } };
  vm.runInNewContext(readFileSync(join(index, `${name}.js`), "utf8"), { window: { govreport } });
  return data;
};

async function answersTo({ index, questions }) {
  const brought = [];
  const search = createSearch(index === null ? async () => [] : createIndex(bringFrom(index, brought)), "");
  const answers = [];
  for (const { query, options = {} } of questions) {
    const parsed = parseQuery(query);
    const result = await search(query, { limit: "100000", ...options });
    if (result.topics) {
      result.facets.topic = await result.topics.bring();
      result.topics = null;
    }
    const ways = result.total === 0 && index !== null ? await waysOn(query, options, search, language) : [];
    answers.push({ query: parsed, typed: queryAsTyped(parsed), said: describe(parsed), ...result, ways });
  }
  return { kinds: KINDS, answers, brought };
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answersTo(JSON.parse(line)).catch((error) => ({ thrown: error.stack }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
