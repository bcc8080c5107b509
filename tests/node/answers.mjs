// Answers questions as the site does, from the files of its index. Not a test of its own:
// tests/test_query.py and tests/test_terminal_search.py hold Python's answers against these.
//
// In flows, by standard input, {index: folder | null, questions: [{query, options}]}; out flows a list of
// {query: as parsed, typed: written back, said: as a sentence, total, occurrences, hits}.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

import { KINDS } from "../../templates/static/browser/kinds.js";
import { describe, parseQuery, queryAsTyped } from "../../templates/static/browser/query.js";
import { createSearch } from "../../templates/static/browser/search.js";
import { waysOn } from "../../templates/static/browser/suggest.js";
import { decodeReport } from "../../templates/static/browser/units.js";

const { index, questions } = JSON.parse(readFileSync(0, "utf8"));

/** What a file of the index calls `receive` with. */
function received(file) {
  let data = null;
  const govreport = { receive: (_, given) => { data = given; } };
  vm.runInNewContext(readFileSync(join(index, file), "utf8"), { window: { govreport } });
  return data;
}

const reports = index === null ? [] : received("root.js")[1].flatMap((name) => received(`${name}.js`)).map(decodeReport);
const search = createSearch(async () => reports, "");

const answers = [];
for (const { query, options = {} } of questions) {
  const parsed = parseQuery(query);
  const { total, occurrences, hits } = await search(query, { limit: "100000", ...options });
  const ways = total === 0 && index !== null ? await waysOn(query, options, search) : [];
  answers.push({ query: parsed, typed: queryAsTyped(parsed), said: describe(parsed), total, occurrences, hits, ways });
}
process.stdout.write(JSON.stringify({ kinds: KINDS, answers }));
